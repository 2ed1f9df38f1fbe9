using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager.Bus;

/// <summary>StartTransientUnit: units that clients make out of properties, as systemd-run does.</summary>
internal static class TransientUnits
{
    private const string UnitExists = "org.freedesktop.systemd1.UnitExists";
    private const int AuxiliaryAtMost = 128;

    public static void Start(ManagerBus bus, BusCall call)
    {
        var (name, word) = (call.Arguments.String(), call.Arguments.String());
        if (!JobNames.TryParse(word, out JobMode mode))
        {
            call.Fail(BusErrorNames.InvalidArgs, $"Job mode {word} is invalid.");
            return;
        }

        if ((Make(bus, name, call, out var unit) ?? Auxiliary(bus, call)) is { } failure)
        {
            call.Finish(failure);
            return;
        }

        JobRequests.Queue(bus, unit!, JobType.Start, mode, preferReload: false, call);
    }

    private static BusFailure? Make(ManagerBus bus, string name, BusCall call, out Unit? unit)
    {
        unit = null;
        if (!UnitName.TryParse(name, out var parsed))
        {
            return new BusFailure(BusErrorNames.InvalidArgs, "Invalid unit name or type.");
        }

        if (parsed.Type is not (UnitType.Service or UnitType.Socket or UnitType.Mount or UnitType.Slice or UnitType.Scope or UnitType.Timer
            or UnitType.Path or UnitType.Automount))
        {
            return new BusFailure(BusErrorNames.InvalidArgs, $"Unit type {parsed.Type.ToText()} does not support transient units.");
        }

        unit = bus.Lookup.Load(name, out var failure);
        if (unit is null)
        {
            return failure;
        }

        if (!IsPristine(unit))
        {
            return new BusFailure(UnitExists, $"Unit {name} was already loaded or has a fragment file.");
        }

        failure = UnitSettings.Read(bus, unit, call.Arguments, forCreation: true, out var changes) ??
            (unit is Scope scope ? ScopeProcesses.Fill(bus, scope, changes, call.Caller) : null) ??
            bus.Manager.MakeTransient(unit, changes.Settings);
        if (failure is not null)
        {
            changes.Streams.Dispose();
            return failure;
        }

        if (changes.AddReference)
        {
            bus.References.Add(unit, call.Caller);
        }

        (unit as Service)?.TakeStreams(changes.Streams);
        return null;
    }

    private static BusFailure? Auxiliary(ManagerBus bus, BusCall call)
    {
        call.Arguments.EnterArray("(sa(sv))");
        for (var count = 0; call.Arguments.More(); count++)
        {
            call.Arguments.EnterStruct();
            var failure = count < AuxiliaryAtMost
                ? Make(bus, call.Arguments.String(), call, out _)
                : new BusFailure(BusErrorNames.LimitsExceeded, "Too many auxiliary units.");
            if (failure is not null)
            {
                return failure;
            }

            call.Arguments.LeaveStruct();
        }

        call.Arguments.LeaveArray();
        return null;
    }

    /// <summary>Nothing is known of the unit but its name, so that it can become anything.</summary>
    private static bool IsPristine(Unit unit) =>
        unit.LoadState is UnitLoadState.NotFound or UnitLoadState.Loaded && unit.Origin.FragmentPath.Length == 0 &&
        unit.Origin.SourcePath.Length == 0 && unit.Origin.DropInPaths.Count == 0 && unit.Job is null;
}
