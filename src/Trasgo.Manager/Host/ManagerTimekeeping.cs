using Trasgo.Engine.Units;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>What timers have to know of this host.</summary>
internal static class ManagerTimekeeping
{
    public static Timekeeping Make(RuntimeScope scope, IReadOnlyDictionary<string, string> environment, HostTimeZones zones)
    {
        var data = scope == RuntimeScope.System ? "/var/lib" : UserDirectory.Data(environment);
        return new Timekeeping
        {
            Zones = zones,
            StampDirectory = data is null ? null : data + "/systemd/timers",
            IsContainer = Container.IsContainer,
            MachineId = MachineId.Read(),
        };
    }
}
