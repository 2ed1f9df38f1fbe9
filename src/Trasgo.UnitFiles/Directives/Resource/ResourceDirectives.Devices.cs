using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Access to devices.</summary>
internal static partial class ResourceDirectives
{
    private static Directive<ResourceConfig>[] DeviceRows() =>
    [
        s_rows.Of("DevicePolicy", Value.Enum(ResourceWords.DevicePolicy), static c => ref c.DevicePolicy, enforcement: Enforcement.Bpf),
        new CustomDirective<ResourceConfig>("", "DeviceAllow", "a(ss)", "DEVICE [rwm]")
        {
            BusFlags = s_rows.Flags | BusFlags.AddsUp,
            Parser = ParseDeviceAllow,
            Writer = static (c, writer) => WritePairs(c.DeviceAllow.Select(static d => (d.Path, d.Access)).Reverse(), writer),
            Formatter = static (c, texts) => texts.AddRange(["", .. c.DeviceAllow.Select(static d => DeviceText(d.Path, d.Access))]),
            Reader = static (reader, texts) =>
            {
                var sound = reader.EnterArray("(ss)");
                while (sound && reader.More())
                {
                    reader.EnterStruct();
                    var path = reader.String();
                    var access = reader.String();
                    reader.LeaveStruct();
                    sound = (IsDeviceClass(path) || Paths.IsDeviceNode(path)) && IsAccess(access) && WordText.FitsLine(path);
                    texts.Add(DeviceText(path, access.Length > 0 ? access : "rwm"));
                }

                return FinishList(reader, texts, sound);
            },
            Enforcement = Enforcement.Bpf,
            GoodSample = "/dev//null rw",
            BadSample = "/etc/passwd r",
        },
    ];

    private static bool IsDeviceClass(string path) =>
        path.StartsWith("block-", StringComparison.Ordinal) || path.StartsWith("char-", StringComparison.Ordinal);

    private static bool IsAccess(string access) => !access.AsSpan().ContainsAnyExcept("rwm");

    private static void ParseDeviceAllow(ResourceConfig config, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.DeviceAllow.Clear();
            return;
        }

        var position = 0;
        if (Quoting.ExtractWord(text, ref position, out var word, ExtractFlags.Unquote) != ExtractResult.Word)
        {
            context.Ignore("has invalid quoting", text);
            return;
        }

        var access = position < 0 ? "" : text[position..];
        if (!context.ExpandPath(word, out var path) || (!IsDeviceClass(path) && !context.SimplifyPath(ref path, PathForm.Any)))
        {
            return;
        }

        if (!IsDeviceClass(path) && !Paths.IsDeviceNode(path))
        {
            context.Ignore("is not a device node", path);
        }
        else if (!IsAccess(access))
        {
            context.Ignore("has rights other than r, w and m", access);
        }
        else
        {
            config.DeviceAllow.Add(new DeviceAllow(path, access.Length == 0 ? "rwm" : Ordered(access)));
        }
    }

    private static string Ordered(string access) => string.Concat("rwm".Where(access.Contains));

    private static void WritePairs(IEnumerable<(string First, string Second)> pairs, IValueWriter writer)
    {
        writer.BeginArray("(ss)");
        foreach (var (first, second) in pairs)
        {
            writer.BeginStruct();
            writer.String(first);
            writer.String(second);
            writer.EndStruct();
        }

        writer.EndArray();
    }
}
