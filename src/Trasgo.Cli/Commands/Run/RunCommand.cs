using Trasgo.Cli.Output;
using Trasgo.Linux;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Run;

/// <summary>
/// <c>trasgo run</c>: a command as a transient service, beside the caller in a scope, or started by a timer, a socket or a path. It is
/// called as systemd-run(1) is, and says the same.
/// </summary>
internal static class RunCommand
{
    internal static int Run(CommandInvocation invocation)
    {
        var line = new RunCommandLine(invocation.Program, invocation.Output);
        if (line.Parse(invocation.Arguments) is { } status)
        {
            return status;
        }

        var options = line.Options;
        if (!FindExecutable(options, invocation.Output))
        {
            return 1;
        }

        return options switch
        {
            { Scope: true } => new RunScope(options, invocation.Output).Run(),
            { PathProperties.Count: > 0 } => new RunTrigger(options, invocation.Output).Run(UnitType.Path),
            { SocketProperties.Count: > 0 } => new RunTrigger(options, invocation.Output).Run(UnitType.Socket),
            { HasTimer: true } => new RunTrigger(options, invocation.Output).Run(UnitType.Timer),
            _ => new RunService(options, invocation.Output).Run(),
        };
    }

    /// <summary>By our own $PATH, and early: what the manager finds out about a program that is not there it finds out in the service.</summary>
    private static bool FindExecutable(RunOptions options, CommandOutput output)
    {
        if (options.Command.Length == 0 || options.Properties.Exists(IsElsewhere))
        {
            return true;
        }

        var name = options.Command[0];
        if (Find(name) is { } path)
        {
            options.Command[0] = path;
            return true;
        }

        output.Error($"Failed to find executable {name}: {ErrnoNames.Message(Errno.ENOENT)}");
        return false;
    }

    /// <summary>The service will see other files than we do.</summary>
    private static bool IsElsewhere(string property) =>
        Array.Exists(s_elsewhere, name => property.StartsWith(name, StringComparison.Ordinal));

    private static readonly string[] s_elsewhere = ["RootDirectory=", "RootImage=", "ExecSearchPath=", "MountImages=", "ExtensionImages="];

    private static string? Find(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            var full = Path.GetFullPath(name);
            return IsProgram(full) ? full : null;
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin").Split(':'))
        {
            var path = $"{folder.TrimEnd('/')}/{name}";
            if (folder.StartsWith('/') && IsProgram(path))
            {
                return path;
            }
        }

        return null;
    }

    private static bool IsProgram(string path) =>
        FileSystem.Status(path) is { Ok: true, Value.IsRegular: true } && FileSystem.IsExecutable(path);
}
