using Trasgo.Cli.Bus;
using Trasgo.Inetd;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>
/// <c>trasgo inetd-reload</c>, which <c>systemctl reload inetd</c> runs: the manager reads the configuration anew, and the sockets become what it says
/// now. daemon-reload alone leaves those open whose lines are gone, as it does with any unit. Nothing here waits for a job, which
/// might wait for the reload.
/// </summary>
internal static class ReloadCommand
{
    private const string GeneratorDirectory = "/run/systemd/generator";
    private static readonly string[] s_patterns = ["inetd-*.socket", "xinetd-*.socket"];
    private static readonly string[] s_states = ["active", "activating", "failed"];

    internal static int Run(CommandInvocation invocation)
    {
        using var bus = ManagerBus.Connect(system: true, invocation.Output);
        if (bus is null)
        {
            return 1;
        }

        var before = Written();

        // Somebody may have called daemon-reload already.
        var loaded = bus.Call("ListUnitsByPatterns", "asas", s_states, s_patterns);
        foreach (var unit in loaded.Ok ? loaded[0].Items : [])
        {
            if (IsOurs(bus, unit[6].Text))
            {
                before.TryAdd(unit[0].Text, "");
            }
        }

        var reloaded = bus.Call("Reload", "");
        if (!reloaded.Ok)
        {
            return invocation.Output.Fail($"The manager does not reload: {reloaded.Message}");
        }

        var status = 0;
        foreach (var (name, change) in SocketChanges.Between(before, Written()))
        {
            var queued = bus.Call(Method(change), "ss", name, "replace");
            status = queued.Ok ? status : invocation.Output.Fail($"{name}: {queued.Message}");
        }

        return status;
    }

    /// <summary>A unit whose file is gone has no path any more; one that an administrator has written is his.</summary>
    private static bool IsOurs(ManagerBus bus, string path) =>
        bus.GetProperty(path, ManagerBus.UnitInterface, "FragmentPath") is { Ok: true } fragment
            && (fragment[0][0].Text.Length == 0 || fragment[0][0].Text.StartsWith(GeneratorDirectory, StringComparison.Ordinal));

    private static string Method(SocketChange change) => change switch
    {
        SocketChange.Stop => "StopUnit",
        SocketChange.Restart => "RestartUnit",
        _ => "StartUnit",
    };

    private static Dictionary<string, string> Written()
    {
        var files = new RealFileSystem();
        var sockets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in files.List(GeneratorDirectory))
        {
            if (SuperServiceUnits.IsSocket(name) && HostTables.ReadText(files, $"{GeneratorDirectory}/{name}") is { } text)
            {
                sockets.Add(name, SocketChanges.Listening(text));
            }
        }

        return sockets;
    }
}
