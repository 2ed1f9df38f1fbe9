namespace Trasgo.Cli.Commands.Run;

/// <summary>What becomes of the command's standard streams.</summary>
internal enum StreamMode
{
    /// <summary>As for every service.</summary>
    Service,

    /// <summary>A new terminal, which everything is passed to and from.</summary>
    Terminal,

    /// <summary>Ours, as they are.</summary>
    Direct,

    /// <summary>A terminal if all of ours are terminals, else ours.</summary>
    Automatic,
}

/// <summary>What the command line asks for.</summary>
internal sealed class RunOptions
{
    internal bool User { get; set; }

    internal bool Scope { get; set; }

    internal string? Unit { get; set; }

    internal string? Description { get; set; }

    internal string? Slice { get; set; }

    internal bool SliceInherit { get; set; }

    internal bool RemainAfterExit { get; set; }

    internal bool SendSigHup { get; set; }

    internal string? ServiceType { get; set; }

    internal string? ExecUser { get; set; }

    internal string? ExecGroup { get; set; }

    internal int? Nice { get; set; }

    internal string? WorkingDirectory { get; set; }

    /// <summary>NAME=VALUE, the last of each name.</summary>
    internal List<string> Environment { get; } = [];

    internal List<string> Properties { get; } = [];

    internal List<string> PathProperties { get; } = [];

    internal List<string> SocketProperties { get; } = [];

    internal List<string> TimerProperties { get; } = [];

    /// <summary>One of the timer's properties says when.</summary>
    internal bool HasTimer { get; set; }

    internal StreamMode Streams { get; set; }

    internal bool NoBlock { get; set; }

    internal bool Wait { get; set; }

    internal bool Quiet { get; set; }

    internal bool Collect { get; set; }

    internal bool Shell { get; set; }

    internal string[] Command { get; set; } = [];

    internal bool HasTrigger => PathProperties.Count > 0 || SocketProperties.Count > 0 || HasTimer;
}
