using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager.Bus;

/// <summary>
/// Properties that a client sets (SetProperties, StartTransientUnit) become lines of a unit file, which then take the way of
/// all such lines. What only lives in memory - markers, references - is done here.
/// </summary>
internal static class UnitSettings
{
    private const int PropertiesAtMost = 1024;

    /// <summary>Reads <c>a(sv)</c>. Nothing is done if any of it is refused.</summary>
    public static BusFailure? Read(ManagerBus bus, Unit unit, MessageReader reader, bool forCreation, out UnitChanges changes)
    {
        changes = new UnitChanges();
        reader.EnterArray("(sv)");
        for (var count = 0; reader.More(); count++)
        {
            if (count >= PropertiesAtMost)
            {
                return new BusFailure(BusErrorNames.LimitsExceeded, "Too many properties.");
            }

            reader.EnterStruct();
            var name = reader.String();
            reader.EnterVariant();
            if (!Special(unit, name, reader, forCreation, changes) &&
                One(unit.Type, name, new DirectiveReader(reader), forCreation, changes.Settings) is { } failure)
            {
                return failure;
            }

            reader.LeaveVariant();
            reader.LeaveStruct();
        }

        reader.LeaveArray();
        return reader.Failed
            ? new BusFailure(BusErrorNames.InvalidArgs, "Invalid argument")
            : changes.DescriptorsRanOut ? new BusFailure(BusErrorNames.LimitsExceeded, "Too many open files")
            : changes.Markers is null ? null : bus.Markers.Change(unit, changes.Markers);
    }

    /// <summary>Properties that are no setting of any file.</summary>
    private static bool Special(Unit unit, string name, MessageReader reader, bool forCreation, UnitChanges changes)
    {
        switch (name)
        {
            case "Markers" when reader.Signature == "as":
                changes.Markers = reader.StringArray();
                return true;
            case "AddRef" when forCreation && reader.Signature == "b":
                changes.AddReference = reader.Boolean();
                return true;
            case "StandardInputFileDescriptor" or "StandardOutputFileDescriptor" or "StandardErrorFileDescriptor"
                when forCreation && unit is Service && reader.Signature == "h":
                Keep(name, reader.Descriptor(), changes);
                return true;
            case "PIDs" when forCreation && unit is Scope && reader.Signature == "au":
                ReadPids(reader, changes.Pids ??= []);
                return true;
            case "Controller" when forCreation && unit is Scope && reader.Signature == "s":
                changes.Controller = reader.String();
                return true;
            default:
                return false;
        }
    }

    private static void ReadPids(MessageReader reader, List<uint> pids)
    {
        reader.EnterArray("u");
        while (reader.More())
        {
            pids.Add(reader.UInt32());
        }

        reader.LeaveArray();
    }

    /// <summary>Copies, as the message closes its own.</summary>
    private static void Keep(string name, Descriptor? passed, UnitChanges changes)
    {
        var copy = passed?.Duplicate() is { Ok: true, Value: var duplicate } ? duplicate : null;
        changes.DescriptorsRanOut |= passed is not null && copy is null;
        var streams = changes.Streams;
        switch (name)
        {
            case "StandardInputFileDescriptor":
                streams.Input?.Dispose();
                streams.Input = copy;
                break;
            case "StandardOutputFileDescriptor":
                streams.Output?.Dispose();
                streams.Output = copy;
                break;
            default:
                streams.Error?.Dispose();
                streams.Error = copy;
                break;
        }
    }

    private static BusFailure? One(UnitType type, string name, DirectiveReader reader, bool forCreation, List<Setting> settings)
    {
        var signature = reader.Signature;
        var needed = forCreation ? BusFlags.Transient : BusFlags.Runtime;
        var first = settings.Count;
        var outcome = OfType(type, name, reader, needed, settings);
        if (outcome == Outcome.Done && signature is "a(sasb)" or ExecCommandsKind.SetExSignature)
        {
            AddUp(settings, first);
        }

        return outcome switch
        {
            Outcome.Done => null,
            Outcome.Refused => new BusFailure(
                BusErrorNames.InvalidArgs, $"Value of type '{signature}' for property {name} is not valid."),
            _ => new BusFailure(BusErrorNames.PropertyReadOnly, $"Cannot set property {name}, or unknown property."),
        };
    }

    /// <summary>
    /// Commands replace what the unit had, but those of one request add up: that is how `systemd-run -p Type=oneshot -p ExecStart=...` puts
    /// one before the other. Only a list without commands begins anew.
    /// </summary>
    private static void AddUp(List<Setting> settings, int first)
    {
        if (settings.Count > first + 1 && settings.FindIndex(setting => setting.Name == settings[first].Name) < first)
        {
            settings.RemoveAt(first);
        }
    }

    private static Outcome OfType(UnitType type, string name, DirectiveReader reader, BusFlags needed, List<Setting> settings)
    {
        var outcome = Try(UnitDirectives.Table, name, reader, needed, settings);
        if (outcome != Outcome.Unknown)
        {
            return outcome;
        }

        return type switch
        {
            UnitType.Service => Try(ServiceDirectives.Table, name, reader, needed, settings),
            UnitType.Socket => Try(SocketDirectives.Table, name, reader, needed, settings),
            UnitType.Mount => Try(MountDirectives.Table, name, reader, needed, settings),
            UnitType.Swap => Try(SwapDirectives.Table, name, reader, needed, settings),
            UnitType.Slice => Try(SliceDirectives.Table, name, reader, needed, settings),
            UnitType.Scope => Try(ScopeDirectives.Table, name, reader, needed, settings),
            UnitType.Timer => Try(TimerDirectives.Table, name, reader, needed, settings),
            UnitType.Path => Try(PathDirectives.Table, name, reader, needed, settings),
            UnitType.Automount => Try(AutomountDirectives.Table, name, reader, needed, settings),
            _ => Outcome.Unknown,
        };
    }

    private static Outcome Try<TConfig>(
        DirectiveTable<TConfig> table, string name, IValueReader reader, BusFlags needed, List<Setting> settings)
    {
        if (table.FindBus(name) is not { } row || (row.BusFlags & needed) == 0)
        {
            return Outcome.Unknown;
        }

        return row.FromBus(reader, settings) ? Outcome.Done : Outcome.Refused;
    }

    private enum Outcome
    {
        Unknown,
        Done,
        Refused,
    }
}
