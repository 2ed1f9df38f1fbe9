using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>Whose units: the system's, one user's, or all users' unit files.</summary>
internal enum Scope
{
    System,
    User,
    Global,
}

/// <summary>Which dependencies list-dependencies and --with-dependencies follow.</summary>
internal enum DependencyDirection
{
    Forward,
    Reverse,
    After,
    Before,
}

/// <summary>What the options of a systemctl command line ask for; the names are those of systemctl(1).</summary>
internal sealed class SystemctlOptions
{
    internal Scope Scope { get; set; } = Scope.System;
    internal List<string> Types { get; } = [];
    internal List<string> States { get; } = [];

    /// <summary>Null: all properties. Empty: none.</summary>
    internal List<string>? Properties { get; set; }

    internal bool ShowEmpty { get; set; }
    internal bool OnlyValue { get; set; }
    internal bool All { get; set; }
    internal bool Full { get; set; }
    internal bool Plain { get; set; }
    internal bool? Legend { get; set; }
    internal bool Quiet { get; set; }
    internal bool NoPager { get; set; }
    internal bool ShowTypes { get; set; }
    internal OutputMode Output { get; set; } = OutputMode.Short;
    internal TimestampStyle Timestamp { get; set; }
    internal DependencyDirection Dependencies { get; set; }
    internal bool WithDependencies { get; set; }
    internal bool JobsBefore { get; set; }
    internal bool JobsAfter { get; set; }

    internal string? JobMode { get; set; }
    internal bool NoBlock { get; set; }
    internal bool Wait { get; set; }
    internal bool ShowTransaction { get; set; }
    internal bool DryRun { get; set; }
    internal bool Marked { get; set; }
    internal string? KillWhom { get; set; }
    internal int Signal { get; set; } = 15;
    internal List<string> Clean { get; } = [];
    internal List<string> WallMessages { get; } = [];

    internal bool Now { get; set; }
    internal bool Runtime { get; set; }
    internal int Force { get; set; }
    internal bool NoReload { get; set; }
    internal string? Root { get; set; }
    internal string PresetMode { get; set; } = "full";
    internal string? RebootArgument { get; set; }
    internal bool ReadOnly { get; set; }
    internal bool MakeDirectory { get; set; }

    internal bool ShowsLegend => Legend ?? true;

    internal string UserFlag => Scope == Scope.System ? "" : " --user";
}
