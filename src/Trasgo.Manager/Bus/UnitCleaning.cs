using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>systemctl clean: what of a unit's directories may be removed, and the request to do so.</summary>
internal static class UnitCleaning
{
    public static IEnumerable<string> Possible(Unit unit) =>
        unit.LoadState == UnitLoadState.Loaded ? (unit.Cleanable ?? CleanMask.None).Words() : [];

    public static void Clean(ManagerBus bus, Unit unit, BusCall call)
    {
        var what = CleanMask.None;
        foreach (var word in call.Arguments.StringArray())
        {
            if (!CleanMasks.TryParse(word, out var kind))
            {
                call.Fail(BusErrorNames.InvalidArgs, $"Invalid resource type: {word}");
                return;
            }

            what |= kind;
        }

        call.Finish(unit.Clean(what) switch
        {
            CleanOutcome.Begun => null,
            CleanOutcome.NotSupported => new BusFailure(BusErrorNames.NotSupported, $"Unit '{unit.Id}' does not support cleaning."),
            CleanOutcome.Nothing => new BusFailure("org.freedesktop.systemd1.NothingToClean", "No matching resources found."),
            CleanOutcome.Busy => new BusFailure("org.freedesktop.systemd1.UnitBusy", "Unit is not inactive or has pending job."),
            _ => new BusFailure(BusErrorNames.Failed, $"Failed to clean unit '{unit.Id}'; its log says why."),
        });
    }
}
