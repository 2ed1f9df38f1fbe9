using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.ManagerBus>;

namespace Trasgo.Manager.Bus;

/// <summary>org.freedesktop.LogControl1, which `systemctl service-log-level` speaks to.</summary>
internal static class LogControlInterface
{
    public static readonly BusInterface Table = new("org.freedesktop.LogControl1",
    [
        Writable("LogLevel", "s", static (b, w) => w.String(b.Manager.LogLevel), SetLevel),
        Writable("LogTarget", "s", static (b, w) => w.String(b.Manager.LogTarget), SetTarget),
        String("SyslogIdentifier", static _ => "systemd"),
    ]);

    public static BusError? SetLevel(ManagerBus bus, MessageReader reader)
    {
        var level = reader.String();
        return bus.Manager.SetLogLevel(level) ? null : new BusError(BusErrorNames.InvalidArgs, $"Invalid log level '{level}'");
    }

    public static BusError? SetTarget(ManagerBus bus, MessageReader reader)
    {
        var target = reader.String();
        return bus.Manager.SetLogTarget(target) ? null : new BusError(BusErrorNames.InvalidArgs, $"Invalid log target '{target}'");
    }
}
