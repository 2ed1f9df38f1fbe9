using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.ManagerBus>;

namespace Trasgo.Manager.Bus;

/// <summary>
/// What systemctl wants of logind before it turns the machine off: it asks that name first and complains if nobody has it.
/// Where no logind runs, the manager does what logind would do, which is to start a target. Sessions it knows none of.
/// </summary>
internal static class LoginInterface
{
    public const string BusName = "org.freedesktop.login1";
    public const string ObjectPath = "/org/freedesktop/login1";

    public static readonly BusInterface Table = new("org.freedesktop.login1.Manager",
    [
        .. Shutdown("PowerOff", SpecialUnits.PoweroffTarget),
        .. Shutdown("Reboot", SpecialUnits.RebootTarget),
        .. Shutdown("Halt", SpecialUnits.HaltTarget),
        .. Sleep("Suspend", "suspend", SpecialUnits.SuspendTarget),
        .. Sleep("Hibernate", "hibernate", SpecialUnits.HibernateTarget),
        .. Sleep("HybridSleep", "hybrid-sleep", SpecialUnits.HybridSleepTarget),
        .. Sleep("SuspendThenHibernate", "suspend-then-hibernate", SpecialUnits.SuspendThenHibernateTarget),
        Method("SetWallMessage", "sb", ["wall_message", "enable"], "", [], static (_, call) => call.Reply()),
        Method("ListInhibitors", "", [], "a(ssssuu)", ["inhibitors"], static (_, call) => call.Reply(static writer =>
        {
            writer.BeginArray("(ssssuu)");
            writer.EndArray();
        })),
    ]);

    private static IEnumerable<BusMethod> Shutdown(string name, string target) =>
    [
        Method(name, "b", ["interactive"], "", [], (bus, call) => Start(bus, target, call)),
        Method(name + "WithFlags", "t", ["flags"], "", [], (bus, call) => Start(bus, target, call)),
    ];

    /// <summary>systemctl takes this answer for the last word, and does not go on to start the target itself.</summary>
    private static IEnumerable<BusMethod> Sleep(string name, string verb, string target) =>
    [
        Method(name, "b", ["interactive"], "", [], (bus, call) => StartSleep(bus, verb, target, call)),
        Method(name + "WithFlags", "t", ["flags"], "", [], (bus, call) => StartSleep(bus, verb, target, call)),
    ];

    private static void StartSleep(ManagerBus bus, string verb, string target, BusCall call)
    {
        if (new SleepStates().CanSleep(verb))
        {
            Start(bus, target, call);
        }
        else
        {
            call.Fail("org.freedesktop.login1.SleepVerbNotSupported", $"Sleep verb \"{verb}\" not supported");
        }
    }

    private static void Start(ManagerBus bus, string target, BusCall call)
    {
        var unit = bus.Lookup.Load(target, out var failure);
        if (unit is null)
        {
            call.Finish(failure);
            return;
        }

        var made = bus.Manager.Engine.Jobs.Enqueue(JobType.Start, unit, JobMode.ReplaceIrreversibly);
        if (made.Ok)
        {
            call.Reply();
        }
        else
        {
            call.Fail(new BusError(made.Refusal.ErrorName, made.Refusal.Message));
        }
    }
}
