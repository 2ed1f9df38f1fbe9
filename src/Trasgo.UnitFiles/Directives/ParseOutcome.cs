namespace Trasgo.UnitFiles.Directives;

/// <summary>What reading a value means for the unit.</summary>
internal enum ParseOutcome
{
    /// <summary>The value was taken, or dropped with a message.</summary>
    Fine,

    /// <summary>The unit's LoadState becomes "bad-setting"; systemd reads no further in that file.</summary>
    BadSetting,

    /// <summary>The unit's LoadState becomes "error"; systemd reads no further in that file.</summary>
    Error,
}
