using Trasgo.Bus.Objects;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.ManagerBus>;

namespace Trasgo.Manager.Bus;

/// <summary>org.freedesktop.systemd1.Manager: the whole table, in systemd's order.</summary>
internal static class ManagerInterface
{
    public static readonly BusInterface Table = new("org.freedesktop.systemd1.Manager",
    [
        .. ManagerProperties.Rows,
        .. ManagerUnitMethods.Rows,
        .. ManagerStateMethods.Rows,
        .. ManagerFileMethods.Rows,
        .. ManagerStateMethods.LastRows,
        Signal("UnitNew", "so", "id", "unit"),
        Signal("UnitRemoved", "so", "id", "unit"),
        Signal("JobNew", "uos", "id", "job", "unit"),
        Signal("JobRemoved", "uoss", "id", "job", "unit", "result"),
        Signal("StartupFinished", "tttttt", "firmware", "loader", "kernel", "initrd", "userspace", "total"),
        Signal("UnitFilesChanged", ""),
        Signal("Reloading", "b", "active"),
    ]);
}
