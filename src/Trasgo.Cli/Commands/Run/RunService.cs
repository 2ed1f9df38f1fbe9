using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.Linux;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Run;

/// <summary>A service; with --wait, --pty or --pipe until it is down again.</summary>
internal sealed class RunService(RunOptions options, CommandOutput output)
{
    private const string ServiceInterface = "org.freedesktop.systemd1.Service";

    private bool Watches => options.Wait || options.Streams != StreamMode.Service;

    internal int Run()
    {
        // The signals of a terminal come by the loop, for which they have to be blocked before the runtime has threads.
        if (options.Streams == StreamMode.Terminal && Signals.EnsureBlocked() is var refused and not Errno.None)
        {
            return output.Fail($"Failed to block signals: {ErrnoNames.Message(refused)}");
        }

        if (RunNames.Unit(options, UnitType.Service, output) is not { } unit)
        {
            return 1;
        }

        using var loop = new EventLoop();
        using var bus = ManagerBus.Connect(!options.User, output, loop);
        return bus is null ? 1 : Run(unit, bus, loop);
    }

    private int Run(UnitName unit, ManagerBus bus, EventLoop loop)
    {
        var units = new RunUnits(options, output);
        Descriptor? master = null;
        if (options.Streams == StreamMode.Terminal && !OpenTerminal(units, out master))
        {
            return 1;
        }

        using var owned = master;
        if (options.Streams == StreamMode.Direct)
        {
            units.Streams = [Descriptor.Adopt(0), Descriptor.Adopt(1), Descriptor.Adopt(2)];
        }

        if (Watches)
        {
            bus.Subscribe();
            bus.WatchProperties();
        }

        var made = new RunCall(options, output, bus).Make(
            "service", unit.Text, writer => units.WriteService(unit, writer), wait: !options.NoBlock && options.Streams == StreamMode.Service);

        // The service has its own by now; for as long as we had them, nobody would see that it has closed them.
        units.Terminal?.Descriptor.Dispose();
        foreach (var stream in units.Streams)
        {
            stream.Release();
        }

        if (!made)
        {
            return 1;
        }

        Say($"Running as unit: {unit.Text}");
        return Watches ? Watch(unit, bus, loop, master) : 0;
    }

    private bool OpenTerminal(RunUnits units, out Descriptor? master)
    {
        master = null;
        var opened = PseudoTerminal.Open();
        if (!opened.Ok)
        {
            output.Error($"Failed to acquire pseudo tty: {ErrnoNames.Message(opened.Error)}");
            return false;
        }

        (master, var path) = opened.Value;
        var terminal = FileSystem.Open(path, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal);
        if (!terminal.Ok)
        {
            output.Error($"Failed to open {path}: {ErrnoNames.Message(terminal.Error)}");
            return false;
        }

        if (Terminal.Size(1) is var (columns, rows))
        {
            // What the service asks of its terminal first of all is right.
            Terminal.SetSize(terminal.Value.Raw, (ushort)rows, (ushort)columns);
        }

        units.Terminal = (terminal.Value, path);
        return true;
    }

    private int Watch(UnitName unit, ManagerBus bus, EventLoop loop, Descriptor? master)
    {
        TerminalForwarder? forwarder = null;
        if (master is not null)
        {
            Say("Press ^] three times within 1s to disconnect TTY.");
            output.Flush();
            forwarder = new TerminalForwarder(loop, master) { OnDisconnect = () => loop.Exit(0) };
        }

        PropertyBag? end;
        using (forwarder)
        {
            end = UntilDown(unit, bus, forwarder);
            if (end is null && forwarder is { IsDisconnected: true } && options.Wait)
            {
                // The terminal is given back, but the end is still waited for.
                forwarder.Dispose();
                using var again = ManagerBus.Connect(!options.User, output);
                again?.Subscribe();
                again?.WatchProperties();
                end = again is null ? null : UntilDown(unit, again, forwarder: null);
            }

            if (forwarder is not null && !options.Quiet && !forwarder.EndedALine)
            {
                output.WriteLine("");
                output.Flush();
            }
        }

        if (end is null)
        {
            return forwarder is null ? output.Fail("Failed to query unit state: Connection terminated") : 0;
        }

        if (options.Wait && !options.Quiet)
        {
            RunSummary.Print(end, output);
        }

        return RunSummary.ExitStatus(end);
    }

    /// <summary>What the unit says when it is down and has no job; null if that was not waited for.</summary>
    private static PropertyBag? UntilDown(UnitName unit, ManagerBus bus, TerminalForwarder? forwarder)
    {
        var path = ManagerBus.UnitPath(unit.Text);
        while (true)
        {
            var reply = bus.GetAll(path);
            if (!reply.Ok)
            {
                return null;
            }

            var properties = new PropertyBag(reply[0]);
            if (properties.Text("ActiveState") is "inactive" or "failed" && properties["Job"][0].Unsigned == 0)
            {
                forwarder?.Drain();
                return properties;
            }

            do
            {
                if (bus.NextSignal() is not { } signal)
                {
                    return null;
                }

                if (signal.Member == "PropertiesChanged" && signal.Path == path)
                {
                    break;
                }
            }
            while (true);
        }
    }

    private void Say(string message)
    {
        if (!options.Quiet)
        {
            output.Info(message);
        }
    }
}
