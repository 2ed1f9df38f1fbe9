namespace Trasgo.UnitFiles.Install;

/// <summary>With the values of the bus methods EnableUnitFilesWithFlags() and DisableUnitFilesWithFlags().</summary>
[Flags]
internal enum UnitFileFlags
{
    None = 0,

    /// <summary>Until the next boot: /run/ instead of /etc/.</summary>
    Runtime = 1,

    /// <summary>Links in the way are replaced.</summary>
    Force = 2,

    /// <summary>In the directories of attached portable services.</summary>
    Portable = 4,

    /// <summary>Removals are reported and not done.</summary>
    DryRun = 8,

    /// <summary>Presets pass over templates that cannot be instantiated.</summary>
    IgnoreAuxiliaryFailure = 16,

    /// <summary>Those that a client may give.</summary>
    Public = Runtime | Force | Portable,
}
