using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>I/O of control groups v2.</summary>
internal static partial class ResourceDirectives
{
    private static Directive<ResourceConfig>[] IoRows()
    {
        var weight = Value.Weight(1, WeightMost);
        return
        [
            s_rows.Of("IOAccounting", Value.Boolean, static c => ref c.IoAccounting, enforcement: Enforcement.Io),
            s_rows.Of("IOWeight", weight, static c => ref c.IoWeight, enforcement: Enforcement.Io),
            s_rows.Of("StartupIOWeight", weight, static c => ref c.StartupIoWeight, enforcement: Enforcement.Startup),
            DeviceValues("IODeviceWeight", "IODeviceWeight", "PATH WEIGHT", static c => ref c.IoDeviceWeights, TryWeight,
                static value => Sizes.Format(value), Enforcement.DeviceLimits, "/dev//sda 200", "/dev/sda heavy"),
            IoLimit("IOReadBandwidthMax", static l => ref l.ReadBandwidth),
            IoLimit("IOWriteBandwidthMax", static l => ref l.WriteBandwidth),
            IoLimit("IOReadIOPSMax", static l => ref l.ReadOperations),
            IoLimit("IOWriteIOPSMax", static l => ref l.WriteOperations),
            DeviceValues("IODeviceLatencyTargetSec", "IODeviceLatencyTargetUSec", "PATH TIMESPAN", static c => ref c.IoDeviceLatencies,
                static (string text, out ulong value) => TimeSpans.TryParse(text, out value), static value => TimeSpans.Format(value),
                Enforcement.DeviceLimits, "/dev/sda 25ms", "/dev/sda slow"),
        ];
    }

    private static bool TryWeight(string text, out ulong value) => Numbers.TryUInt64(text, out value) && value is >= 1 and <= WeightMost;

    private static CustomDirective<ResourceConfig> DeviceValues(
        string name,
        string bus,
        string syntax,
        Field<ResourceConfig, List<DeviceValue>> field,
        TextParser<ulong> parse,
        Func<ulong, string> format,
        Enforcement enforcement,
        string good,
        string bad) => new("", name, "a(st)", syntax)
        {
            BusName = bus,
            BusFlags = s_rows.Flags | BusFlags.AddsUp,
            Parser = (c, text, context) =>
            {
                if (enforcement == Enforcement.LegacyCgroups)
                {
                    context.Warn($"{name}= is for control groups v1, use the IO*= settings.");
                }

                if (text.Length == 0)
                {
                    field(c).Clear();
                }
                else if (TryDevice(text, context, out var path, out var rest))
                {
                    if (parse(rest, out var value))
                    {
                        field(c).Add(new DeviceValue(path, value));
                    }
                    else
                    {
                        context.Ignore("has an invalid value for the device", rest);
                    }
                }
            },
            Writer = (c, writer) => WriteDeviceValues(field(c), writer),
            Formatter = (c, texts) => texts.AddRange(["", .. field(c).Select(d => DeviceText(d.Path, format(d.Value)))]),
            Reader = (reader, texts) => ReadDeviceValues(reader, texts, format),
            Enforcement = enforcement,
            GoodSample = good,
            BadSample = bad,
        };

    private static CustomDirective<ResourceConfig> IoLimit(string name, Field<IoDeviceLimit, ulong> field) => new("", name, "a(st)", "PATH BYTES")
    {
        BusFlags = s_rows.Flags | BusFlags.AddsUp,
        Parser = (c, text, context) => ParseIoLimit(c, text, field, context),
        Writer = (c, writer) => WriteDeviceValues(IoLimits(c, field), writer),
        Formatter = (c, texts) => texts.AddRange(["", .. IoLimits(c, field).Select(static d => DeviceText(d.Path, Sizes.Format(d.Value)))]),
        Reader = static (reader, texts) => ReadDeviceValues(reader, texts, LimitText),
        Enforcement = Enforcement.DeviceLimits,
        GoodSample = "/dev/sda 5M",
        BadSample = "/dev/sda 0",
    };

    private static string LimitText(ulong value) => value == ResourceConfig.NoLimit ? "infinity" : Sizes.Format(value);

    private static List<DeviceValue> IoLimits(ResourceConfig config, Field<IoDeviceLimit, ulong> field) =>
        [.. config.IoDeviceLimits.Where(l => field(l) != ResourceConfig.NoLimit).Select(l => new DeviceValue(l.Path, field(l)))];

    private static void ParseIoLimit(ResourceConfig config, string text, Field<IoDeviceLimit, ulong> field, ParseContext context)
    {
        if (text.Length == 0)
        {
            foreach (var known in config.IoDeviceLimits)
            {
                field(known) = ResourceConfig.NoLimit;
            }

            return;
        }

        if (!TryDevice(text, context, out var path, out var rest))
        {
            return;
        }

        var value = ResourceConfig.NoLimit;
        if (rest is not "infinity" && (!Sizes.TryParse(rest, out value, 1000) || value == 0))
        {
            context.Ignore("has an invalid limit for the device", rest);
            return;
        }

        var limit = config.IoDeviceLimits.Find(l => string.Equals(l.Path, path, StringComparison.Ordinal));
        if (limit is null)
        {
            limit = new IoDeviceLimit(path);
            config.IoDeviceLimits.Add(limit);
        }

        field(limit) = value;
    }

    /// <summary>The device and what stands behind it.</summary>
    private static bool TryDevice(string text, ParseContext context, out string path, out string rest)
    {
        var position = 0;
        rest = "";
        path = "";
        if (Quoting.ExtractWord(text, ref position, out var word, ExtractFlags.Unquote) != ExtractResult.Word)
        {
            context.Ignore("has invalid quoting", text);
            return false;
        }

        rest = position < 0 ? "" : text[position..];
        if (rest.Length == 0)
        {
            context.Ignore("has no value for the device", text);
            return false;
        }

        return context.ExpandPath(word, out path) && context.SimplifyPath(ref path, PathForm.Any);
    }

    private static string DeviceText(string path, string value) => $"{WordText.Quote(WordText.EscapeSpecifiers(path))} {value}".TrimEnd();

    private static void WriteDeviceValues(List<DeviceValue> values, IValueWriter writer)
    {
        writer.BeginArray("(st)");
        foreach (var (path, value) in values)
        {
            writer.BeginStruct();
            writer.String(path);
            writer.UInt64(value);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    private static bool ReadDeviceValues(IValueReader reader, List<string> texts, Func<ulong, string> format)
    {
        var sound = reader.EnterArray("(st)");
        while (sound && reader.More())
        {
            reader.EnterStruct();
            var path = reader.String();
            var value = reader.UInt64();
            reader.LeaveStruct();
            sound = Paths.Check(path, PathForm.Absolute, out _) is null && WordText.FitsLine(path);
            texts.Add(DeviceText(path, format(value)));
        }

        return FinishList(reader, texts, sound);
    }

    /// <summary>An empty list from a client resets.</summary>
    private static bool FinishList(IValueReader reader, List<string> texts, bool sound)
    {
        reader.LeaveArray();
        if (texts.Count == 0)
        {
            texts.Add("");
        }

        return sound;
    }
}
