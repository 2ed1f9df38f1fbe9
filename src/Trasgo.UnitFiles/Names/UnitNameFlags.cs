namespace Trasgo.UnitFiles.Names;

/// <summary>Which of the three forms of a unit name a caller takes.</summary>
[Flags]
internal enum UnitNameFlags
{
    None = 0,

    /// <summary>"cron.service"</summary>
    Plain = 1,

    /// <summary>"getty@tty1.service"</summary>
    Instance = 2,

    /// <summary>"getty@.service"</summary>
    Template = 4,

    Any = Plain | Instance | Template,
}
