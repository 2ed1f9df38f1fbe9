using System.Diagnostics.CodeAnalysis;
using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager.Bus;

/// <summary>Finds the unit that a client means, or says why not in systemd's words.</summary>
internal sealed class UnitLookup(IManagerFacade manager)
{
    private const string NoUnitForPid = "org.freedesktop.systemd1.NoUnitForPID";

    /// <summary>The unit of that name, loaded if it was not; it may turn out not to be found.</summary>
    public Unit? Load(string name, out BusFailure? failure)
    {
        failure = null;
        if (!UnitName.TryParse(name, out var parsed))
        {
            failure = new BusFailure(BusErrorNames.InvalidArgs, $"Unit name {name} is not valid.");
            return null;
        }

        if (parsed.IsTemplate)
        {
            failure = new BusFailure(BusErrorNames.InvalidArgs, $"Unit name {name} is missing the instance name.");
            return null;
        }

        var loader = manager.Engine.Loader;
        var unit = loader.LoadNow(name);
        if (unit is null)
        {
            failure = new BusFailure(BusErrorNames.InvalidArgs, $"Unit name {name} is not valid.");
            return null;
        }

        loader.RetryLoad(unit);
        return unit;
    }

    /// <summary>A unit that is loaded already; an empty name is the client's own unit.</summary>
    public Unit? Get(string name, ICaller caller, out BusFailure? failure)
    {
        var unit = name.Length == 0 ? manager.Engine.Units.OwnerOf(caller.Pid) : manager.Engine.Units.Find(name);
        failure = unit is not null ? null : new BusFailure(
            JobErrors.NoSuchUnit, name.Length == 0 ? "Client not member of any unit." : $"Unit {name} not loaded.");
        return unit;
    }

    public Unit? OfPid(uint pid, ICaller caller, out BusFailure? failure)
    {
        failure = null;
        if (pid > int.MaxValue)
        {
            failure = new BusFailure(BusErrorNames.InvalidArgs, $"Invalid PID {(int)pid}");
            return null;
        }

        var meant = pid == 0 ? caller.Pid : (int)pid;
        var unit = manager.Engine.Units.OwnerOf(meant);
        failure = unit is null ? new BusFailure(NoUnitForPid, $"PID {meant} does not belong to any loaded unit.") : null;
        return unit;
    }

    /// <summary>Reads the name that is the call's next argument and finds or loads that unit; otherwise the call has failed.</summary>
    public bool TryTake(BusCall call, bool load, [NotNullWhen(true)] out Unit? unit)
    {
        var name = call.Arguments.String();
        unit = load && name.Length > 0 ? Load(name, out var failure) : Get(name, call.Caller, out failure);
        if (unit is null)
        {
            call.Finish(failure);
        }

        return unit is not null;
    }

    /// <summary>Whether the unit is loaded in full; otherwise the call has failed.</summary>
    public static bool Validate(Unit unit, BusCall call)
    {
        if (JobRefusal.OfLoadState(unit) is not { } refusal)
        {
            return true;
        }

        call.Fail(refusal.ErrorName, refusal.Message);
        return false;
    }
}
