using System.Collections;
using System.Globalization;
using Trasgo.Inetd;
using Trasgo.Linux;
using Trasgo.Manager;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>
/// <c>trasgo inetd [FILE]</c>, in the place of inetd(8): a manager for the services of one file and nothing else. It has a directory
/// of its own for its units and sockets, so that it goes beside any other manager, and without root's rights where the ports allow it.
/// </summary>
internal static class InetdCommand
{
    private const string DefaultPidFile = "/run/inetd.pid";
    private const string LogSocket = "/dev/log";
    private const uint PrivateMode = 0x1C0; // 0700

    private static readonly string[] s_keptVariables = ["LANG", "LANGUAGE", "TZ"];

    internal static int Run(CommandInvocation invocation)
    {
        var output = invocation.Output;
        if (InetdOptions.Parse(invocation) is not { } options)
        {
            return 1;
        }

        if (options.Help)
        {
            return PrintHelp(invocation.Program, invocation);
        }

        var isRoot = ProcessControl.EffectiveUid == 0;
        if (options.File is null && !isRoot)
        {
            return output.Fail("Whoever is not root has to name a configuration file.");
        }

        options = options with { File = options.File ?? InetdGenerator.ConfigurationFile, Settings = options.Settings with { OnlyUser = isRoot ? null : Environment.UserName } };
        if (!File.Exists(options.File))
        {
            return output.Fail($"{options.File}: {ErrnoNames.Message(Errno.ENOENT)}");
        }

        return options is { Debug: false, Foreground: false, Detached: false } ? Background(invocation, options.File) : Serve(invocation, options, isRoot);
    }

    /// <summary>As daemon(3): the caller goes on at once. A process of this runtime cannot be copied, so the program is started anew.</summary>
    private static int Background(CommandInvocation invocation, string file)
    {
        // The other one is in the root directory when it reads the name.
        string[] arguments = [.. Array.FindAll(invocation.Arguments, argument => Path.GetFullPath(argument) != file), file];
        var started = ForegroundProcess.Start("/proc/self/exe", ["trasgo", "inetd", "--detached", .. arguments]);
        return started.Ok ? 0 : invocation.Output.Fail($"Cannot start in the background: {ErrnoNames.Message(started.Error)}");
    }

    private static int Serve(CommandInvocation invocation, InetdOptions options, bool isRoot)
    {
        // This may execute the program anew, so it comes before all that must not be done twice.
        if (Signals.EnsureBlocked() is var blocked and not Errno.None)
        {
            return invocation.Output.Fail($"Cannot block signals: {ErrnoNames.Message(blocked)}");
        }

        if (options.Detached)
        {
            var log = UnixSocket.Connect(LogSocket, SocketType.Datagram);
            _ = Detachment.Detach(log.Ok ? log.Value : null);
        }

        var environment = ServiceEnvironment(options.KeepEnvironment);
        var home = MakeHome(isRoot);
        var pidFile = options.PidFile ?? (isRoot && !options.Debug ? DefaultPidFile : "");
        try
        {
            WritePidFile(pidFile, invocation);
            return Manage(invocation, options, home, environment);
        }
        finally
        {
            RemoveAll(pidFile, home);
        }
    }

    private static int Manage(CommandInvocation invocation, InetdOptions options, string home, List<string> environment)
    {
        var units = home + "/units";
        _ = FileSystem.MakeDirectories(units, PrivateMode);
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", home);
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", home + "/config");
        Environment.SetEnvironmentVariable("SYSTEMD_UNIT_PATH", $"{units}:{home}/systemd/generator.late");
        Environment.SetEnvironmentVariable("SYSTEMD_GENERATOR_PATH", home + "/generators");
        if (options.Debug)
        {
            invocation.Output.Info($"XDG_RUNTIME_DIR={home} systemctl --user list-sockets shows what is listened on.");
        }

        return ManagerProgram.Run(
            new ManagerOptions
            {
                Scope = RuntimeScope.User,
                RuntimeDirectory = home + "/systemd",
                Unit = SuperServiceUnits.Target,
                LogLevel = options.Debug ? "debug" : null,
                SyslogIdentifier = options.Detached ? "inetd" : null,
                ServiceEnvironment = environment,
                Units = new InetdUnitProvider(options.File!, units, options.Settings),
            },
            invocation.Output.Error);
    }

    /// <summary>inetd keeps variables that could do harm from its servers, $PATH among them; here it is all but the language and the time zone.</summary>
    private static List<string> ServiceEnvironment(bool all)
    {
        var result = new List<string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (all || Array.IndexOf(s_keptVariables, name) >= 0 || name.StartsWith("LC_", StringComparison.Ordinal))
            {
                result.Add($"{name}={variable.Value}");
            }
        }

        return all ? result : ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", .. result];
    }

    /// <summary>In /run for root; elsewhere a directory that nobody else could have made.</summary>
    private static string MakeHome(bool isRoot)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/run/trasgo-inetd.{Environment.ProcessId}");
        return isRoot && FileSystem.MakeDirectory(path, PrivateMode) == Errno.None ? path : Directory.CreateTempSubdirectory("trasgo-inetd-").FullName;
    }

    private static void WritePidFile(string path, CommandInvocation invocation)
    {
        if (path.Length > 0 && new Manager.Files.RealFileSystem().WriteAtomically(path, System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n")) is var error and not FileError.None)
        {
            invocation.Output.Error($"{path} cannot be written: {error}");
        }
    }

    private static void RemoveAll(string pidFile, string home)
    {
        if (pidFile.Length > 0)
        {
            _ = FileSystem.Remove(pidFile);
        }

        try
        {
            Directory.Delete(home, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in a directory that is emptied at boot.
        }
    }

    private static int PrintHelp(string program, CommandInvocation invocation)
    {
        invocation.Output.WriteLine(
            $"""
            {Path.GetFileName(program)} [OPTIONS...] [FILE]

            Starts servers when somebody connects, as FILE says (/etc/inetd.conf). SIGHUP reads it anew, SIGTERM ends.

              -d          stay in the foreground and tell everything
              -i, -f      stay in the foreground
              -E          let servers have the whole environment
              -a ADDRESS  listen there where a line does not say where
              -p FILE     the process id goes there ({DefaultPidFile} for root)
              -q LENGTH   the length of the queue of connections (128)
              -R RATE     how often a server is started in a minute (256)
            """);
        return 0;
    }
}
