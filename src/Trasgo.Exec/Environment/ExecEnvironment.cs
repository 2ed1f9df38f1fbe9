using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec;

/// <summary>
/// The environment of a command, from systemd's sources in systemd's order, a later one overriding an earlier: the manager's block, the
/// unit's state, what the settings imply, ExecSearchPath=, PassEnvironment=, Environment=, EnvironmentFile=, and what PAM adds; what
/// UnsetEnvironment= names is taken out at the end (systemd.exec(5), "Environment Variables in Spawned Processes").
/// </summary>
internal static class ExecEnvironment
{
    /// <summary>
    /// Stands for the PID of the process to be, which only the process itself can fill in. A private-use character, so that no setting
    /// can be mistaken for it by accident.
    /// </summary>
    public const string PidToken = "\uF8FFpid";

    public static EnvironmentBlock Build(ExecParameters parameters, ExecHost host, ExecIdentity identity, IReadOnlyList<string> fileEntries, string? journalStream)
    {
        var config = parameters.Config;
        var block = new EnvironmentBlock();
        block.SetAll(parameters.ManagerEnvironment);
        for (var i = 0; i < parameters.UnitEnvironment.Count; i++)
        {
            var (name, value) = parameters.UnitEnvironment[i];
            block.Set(name, value);
        }

        AddOwn(block, parameters, host, identity, journalStream);
        if (config.ExecSearchPath.Count > 0)
        {
            block.Set("PATH", string.Join(':', config.ExecSearchPath));
        }

        foreach (var name in config.PassEnvironment)
        {
            if (host.Variable(name) is { } value)
            {
                block.Set(name, value);
            }
        }

        block.SetAll(config.Environment);
        block.SetAll(fileEntries);
        return block;
    }

    public static void RemoveUnset(EnvironmentBlock block, ExecConfig config)
    {
        foreach (var name in config.UnsetEnvironment)
        {
            block.Unset(name);
        }
    }

    /// <summary>The entry, when the PID is known.</summary>
    public static string WithPid(string entry, int pid) =>
        entry.EndsWith(PidToken, StringComparison.Ordinal)
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{entry.AsSpan(0, entry.Length - PidToken.Length)}{pid}")
            : entry;

    private static void AddOwn(EnvironmentBlock block, ExecParameters parameters, ExecHost host, ExecIdentity identity, string? journalStream)
    {
        if (parameters.Descriptors.Count > 0)
        {
            block.Set("LISTEN_PID", PidToken);
            block.Set("LISTEN_FDS", $"{parameters.Descriptors.Count}");
            block.Set("LISTEN_FDNAMES", string.Join(':', parameters.Descriptors.Select(static d => d.Name)));
        }

        if (parameters.WatchdogUsec > 0)
        {
            block.Set("WATCHDOG_PID", PidToken);
            block.Set("WATCHDOG_USEC", $"{parameters.WatchdogUsec}");
        }

        SetIfAny(block, "HOME", identity.Home);
        SetIfAny(block, "LOGNAME", identity.Name);
        SetIfAny(block, "USER", identity.Name);
        SetIfAny(block, "SHELL", identity.Shell);
        SetIfAny(block, "INVOCATION_ID", parameters.InvocationId);
        SetIfAny(block, "TERM", Term(parameters.Config, host));
        SetIfAny(block, "JOURNAL_STREAM", journalStream);
        SetIfAny(block, "LOG_NAMESPACE", parameters.Config.LogNamespace);
        ExecDirectories.SetVariables(block, parameters.Config, host.Directories);
        block.Set("SYSTEMD_EXEC_PID", PidToken);
    }

    /// <summary>Only for what talks to a terminal. Of PID 1's console the container's manager may have told the kind.</summary>
    private static string? Term(ExecConfig config, ExecHost host)
    {
        var needed = config.TtyPath is not null
            || TerminalSetup.IsTerminal(config.StandardInput)
            || TerminalSetup.IsTerminal(config.StandardOutput) || TerminalSetup.IsTerminal(config.StandardError);
        if (!needed)
        {
            return null;
        }

        var path = TerminalSetup.PathOf(config);
        var inherited = path == "/dev/console" && host.IsInit ? host.Variable("TERM") : null;
        return inherited ?? (IsVirtualConsole(path) ? "linux" : "vt220");
    }

    private static bool IsVirtualConsole(string path) =>
        path.StartsWith("/dev/tty", StringComparison.Ordinal) && path.Length > 8 && char.IsAsciiDigit(path[8]);

    private static void SetIfAny(EnvironmentBlock block, string name, string? value)
    {
        if (value is not null)
        {
            block.Set(name, value);
        }
    }
}
