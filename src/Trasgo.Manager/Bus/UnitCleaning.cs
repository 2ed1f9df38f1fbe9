using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager.Bus;

/// <summary>systemctl clean: what of a unit's directories may be removed.</summary>
internal static class UnitCleaning
{
    private static readonly string[] s_words = ["runtime", "state", "cache", "logs", "configuration"];

    public static IEnumerable<string> Possible(Unit unit)
    {
        if (unit.LoadState != UnitLoadState.Loaded)
        {
            yield break;
        }

        if (unit is TimerUnit { Settings.Persistent: true })
        {
            yield return "state";
        }

        if (unit.Exec is not { } exec || unit.Type is not (UnitType.Service or UnitType.Socket or UnitType.Mount or UnitType.Swap))
        {
            yield break;
        }

        ExecDirectory[] directories =
            [exec.RuntimeDirectory, exec.StateDirectory, exec.CacheDirectory, exec.LogsDirectory, exec.ConfigurationDirectory];
        for (var kind = 0; kind < s_words.Length; kind++)
        {
            if (directories[kind].Items.Count > 0)
            {
                yield return s_words[kind];
            }
        }
    }

    public static void Clean(ManagerBus bus, Unit unit, BusCall call)
    {
        var words = call.Arguments.StringArray();
        foreach (var word in words)
        {
            if (word is not ("all" or "fdstore") && !s_words.Contains(word, StringComparer.Ordinal))
            {
                call.Fail(BusErrorNames.InvalidArgs, $"Invalid resource type: {word}");
                return;
            }
        }

        if (unit.Exec is null && unit is not TimerUnit)
        {
            call.Fail(BusErrorNames.NotSupported, $"Unit '{unit.Id}' does not support cleaning.");
        }
        else if (unit.ActiveState != UnitActiveState.Inactive || unit.LoadState != UnitLoadState.Loaded || unit.Job is not null)
        {
            call.Fail("org.freedesktop.systemd1.UnitBusy", "Unit is not inactive or has pending job.");
        }
        else
        {
            var what = words.Contains("all") ? s_words : words.Count == 0 ? ["cache", "runtime"] : [.. words];
            if (Possible(unit).Any(kind => what.Contains(kind, StringComparer.Ordinal)))
            {
                call.Finish(unit is TimerUnit timer ? RemoveStamp(timer) : bus.Manager.Clean(unit, what));
            }
            else
            {
                call.Fail("org.freedesktop.systemd1.NothingToClean", "No matching resources found.");
            }
        }
    }

    private static BusFailure? RemoveStamp(TimerUnit timer) => timer.RemoveStamp() is var error and not Errno.None
        ? new BusFailure(BusErrorNames.Failed, $"Failed to clean stamp file of timer: {ErrnoNames.Message(error)}")
        : null;
}
