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
                One(unit, name, new DirectiveReader(reader), forCreation, changes.Settings) is { } failure)
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

    private static BusFailure? One(Unit unit, string name, DirectiveReader reader, bool forCreation, List<Setting> settings)
    {
        var signature = reader.Signature;
        var first = settings.Count;
        var outcome = OfType(unit, name, reader, forCreation ? BusFlags.Transient : BusFlags.Runtime, settings);
        if (outcome == Outcome.Done && signature is "a(sasb)" or ExecCommandsKind.SetExSignature)
        {
            AddUp(settings, first);
        }

        return outcome switch
        {
            Outcome.Done => null,
            Outcome.Refused => PropertyRefusals.OfValue(name, reader.Last, reader.First),
            Outcome.Unexpected => PropertyRefusals.OfType(),
            _ => PropertyRefusals.ReadOnly(name, forCreation),
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

    private static Outcome OfType(Unit unit, string name, IValueReader reader, BusFlags needed, List<Setting> settings)
    {
        var outcome = Try(UnitDirectives.Table, unit.Config, name, reader, needed, settings);
        if (outcome != Outcome.Unknown)
        {
            return outcome;
        }

        return unit switch
        {
            Service service => Try(ServiceDirectives.Table, service.Settings, name, reader, needed, settings),
            Socket socket => Try(SocketDirectives.Table, socket.Settings, name, reader, needed, settings),
            Mount mount => Try(MountDirectives.Table, mount.Settings, name, reader, needed, settings),
            Swap swap => Try(SwapDirectives.Table, swap.Settings, name, reader, needed, settings),
            Slice slice => Try(SliceDirectives.Table, slice.Settings, name, reader, needed, settings),
            Scope scope => Try(ScopeDirectives.Table, scope.Settings, name, reader, needed, settings),
            TimerUnit timer => Try(TimerDirectives.Table, timer.Settings, name, reader, needed, settings),
            PathUnit path => Try(PathDirectives.Table, path.Settings, name, reader, needed, settings),
            Automount automount => Try(AutomountDirectives.Table, automount.Settings, name, reader, needed, settings),
            _ => Outcome.Unknown,
        };
    }

    private static Outcome Try<TConfig>(
        DirectiveTable<TConfig> table, TConfig config, string name, IValueReader reader, BusFlags needed, List<Setting> settings)
    {
        if (table.FindBus(name) is not { } row || (row.BusFlags & needed) == 0)
        {
            return Outcome.Unknown;
        }

        if (!string.Equals(reader.Signature, row.SetSignature, StringComparison.Ordinal))
        {
            return Outcome.Unexpected;
        }

        var first = settings.Count;
        if (!row.FromBus(reader, settings))
        {
            return Outcome.Refused;
        }

        if (row.BusFlags.HasFlag(BusFlags.AddsUp))
        {
            Prepend(row, config, settings, first);
        }

        return Outcome.Done;
    }

    /// <summary>What the unit has of a list stands before what a client adds, as the lines that are written replace those of the last time.</summary>
    private static void Prepend<TConfig>(Directive<TConfig> row, TConfig config, List<Setting> settings, int first)
    {
        var isReset = settings.Count == first + 1 && settings[first].Text.Length == 0;
        if (!isReset && settings.FindIndex(setting => setting.Name == row.Name) == first)
        {
            var present = new List<Setting>();
            row.Format(config, present);
            settings.InsertRange(first, present);
        }
    }

    private enum Outcome
    {
        Unknown,
        Done,
        Refused,

        /// <summary>The value is of another type.</summary>
        Unexpected,
    }
}
