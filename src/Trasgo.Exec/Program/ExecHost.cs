using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>What all commands of one manager share.</summary>
internal sealed class ExecHost
{
    public required ControlGroups Groups { get; init; }

    public Users Users { get; init; } = Users.System;

    public DynamicUsers DynamicUsers { get; init; } = new();

    /// <summary>Where RuntimeDirectory= and its like lie: those of a system manager, or of a user's.</summary>
    public DirectoryPrefixes Directories { get; init; } = DirectoryPrefixes.System;

    /// <summary>PassEnvironment= and $TERM come from the manager's own environment.</summary>
    public Func<string, string?> Variable { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>
    /// PID 1 has no output worth inheriting: "inherit" is /dev/null there. Elsewhere it is the manager's own.
    /// </summary>
    public bool IsInit { get; init; } = ProcessControl.Pid == 1;

    /// <summary>The journal's stream socket, if a journal is to be tried before <see cref="ExecParameters.LogOutput"/>.</summary>
    public string? JournalSocket { get; init; }

    /// <summary>The command that answers for users who are in no file: our own binary as a helper.</summary>
    public IReadOnlyList<string> NssHelper { get; init; } = ["/proc/self/exe", "exec-nss"];

    /// <summary>What PAMName= is done by: our own binary under another name (native/pam.c).</summary>
    public string PamHelper { get; init; } = "/proc/self/exe";

    /// <summary>For $SYSTEMD_ACTIVATION_SCOPE.</summary>
    public bool IsUserManager { get; init; }

    /// <summary>Our capabilities: what we lack is not tried.</summary>
    public ulong Capabilities { get; init; } = ProcessControl.EffectiveCapabilities;

    /// <summary>The other sets, which do not change while a manager lives.</summary>
    public ulong Permitted { get; init; } = ProcessControl.PermittedCapabilities;

    public ulong Inheritable { get; init; } = ProcessControl.InheritableCapabilities;

    public ulong Bounding { get; init; } = ProcessControl.BoundingCapabilities;

    public bool Can(int capability) => (Capabilities >> capability & 1) != 0;
}
