using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>I/O of control groups v1.</summary>
internal static partial class ResourceDirectives
{
    private static Directive<ResourceConfig>[] BlockIoRows()
    {
        var weight = Value.Weight(10, 1000);
        return
        [
            s_rows.Of("BlockIOAccounting", Value.Boolean, static c => ref c.BlockIoAccounting, enforcement: Enforcement.LegacyCgroups),
            s_rows.Of("BlockIOWeight", weight, static c => ref c.BlockIoWeight, enforcement: Enforcement.Io),
            s_rows.Of("StartupBlockIOWeight", weight, static c => ref c.StartupBlockIoWeight, enforcement: Enforcement.Startup),
            DeviceValues("BlockIODeviceWeight", "BlockIODeviceWeight", "PATH WEIGHT", static c => ref c.BlockIoDeviceWeights,
                static (string text, out ulong value) => Numbers.TryUInt64(text, out value) && value is >= 10 and <= 1000,
                static value => Sizes.Format(value), Enforcement.LegacyCgroups, "/dev/sda 200", "/dev/sda heavy"),
            Bandwidth("BlockIOReadBandwidth", static b => ref b.Read),
            Bandwidth("BlockIOWriteBandwidth", static b => ref b.Write),
        ];
    }

    private static CustomDirective<ResourceConfig> Bandwidth(string name, Field<BlockIoBandwidth, ulong> field) => new("", name, "a(st)", "PATH BYTES")
    {
        BusFlags = s_rows.Flags | BusFlags.AddsUp,
        Parser = (c, text, context) => ParseBandwidth(c, text, field, context),
        Writer = (c, writer) => WriteDeviceValues(Bandwidths(c, field), writer),
        Formatter = (c, texts) => texts.AddRange(["", .. Bandwidths(c, field).Select(static d => DeviceText(d.Path, Sizes.Format(d.Value)))]),
        Reader = static (reader, texts) => ReadDeviceValues(reader, texts, static value => Sizes.Format(value)),
        Enforcement = Enforcement.LegacyCgroups,
        GoodSample = "/dev/sda 5M",
        BadSample = "/dev/sda 0",
    };

    private static List<DeviceValue> Bandwidths(ResourceConfig config, Field<BlockIoBandwidth, ulong> field) =>
        [.. config.BlockIoBandwidths.Where(b => field(b) != ResourceConfig.NoLimit).Select(b => new DeviceValue(b.Path, field(b)))];

    private static void ParseBandwidth(ResourceConfig config, string text, Field<BlockIoBandwidth, ulong> field, ParseContext context)
    {
        context.Warn($"{context.Directive}= is for control groups v1, use the IO*= settings.");
        if (text.Length == 0)
        {
            foreach (var known in config.BlockIoBandwidths)
            {
                known.Read = known.Write = ResourceConfig.NoLimit;
            }

            return;
        }

        if (!TryDevice(text, context, out var path, out var rest))
        {
            return;
        }

        if (!Sizes.TryParse(rest, out var value, 1000) || value == 0)
        {
            context.Ignore("has an invalid bandwidth for the device", rest);
            return;
        }

        var bandwidth = config.BlockIoBandwidths.Find(b => string.Equals(b.Path, path, StringComparison.Ordinal));
        if (bandwidth is null)
        {
            bandwidth = new BlockIoBandwidth(path);
            config.BlockIoBandwidths.Add(bandwidth);
        }

        field(bandwidth) = value;
    }
}
