namespace Trasgo.UnitFiles.Values;

/// <summary>The prefixes of a command line: systemd.service(5), "Special executable prefixes".</summary>
[Flags]
internal enum ExecCommandFlags
{
    None = 0,

    /// <summary>"-"</summary>
    IgnoreFailure = 1,

    /// <summary>"+"</summary>
    FullyPrivileged = 2,

    /// <summary>"!"</summary>
    NoSetUid = 4,

    /// <summary>"!!"</summary>
    AmbientMagic = 8,

    /// <summary>":"</summary>
    NoEnvExpand = 16,
}
