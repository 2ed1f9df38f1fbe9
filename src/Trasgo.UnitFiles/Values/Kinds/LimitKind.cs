using System.Globalization;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.UnitFiles.Values;

/// <summary>Limit*=: a soft limit for both, or "soft:hard", each in the unit of its resource.</summary>
internal sealed class LimitKind(ResourceLimitKind kind) : ValueKind<ResourceLimit?>("t", "LIMIT[:LIMIT]")
{
    public override string Good => kind == ResourceLimitKind.Nice ? "3:-5" : "5:7";

    public override string Bad => "many";

    public override void Parse(string text, ref ResourceLimit? value, ParseContext context)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var softText = colon < 0 ? text : text[..colon];
        var hardText = colon < 0 ? text : text[(colon + 1)..];
        if (!TryOne(softText, out var soft) || !TryOne(hardText, out var hard))
        {
            context.Ignore("is not a valid resource limit", text);
        }
        else if (soft > hard)
        {
            context.Ignore("has a soft limit above the hard one", text);
        }
        else
        {
            value = new ResourceLimit(soft, hard);
        }
    }

    public override void Write(ResourceLimit? value, IValueWriter writer) => writer.UInt64(value?.Hard ?? ResourceLimit.Infinity);

    public override void Format(ResourceLimit? value, List<string> texts)
    {
        if (value is { } limit)
        {
            texts.Add(limit.Soft == limit.Hard ? One(limit.Soft) : $"{One(limit.Soft)}:{One(limit.Hard)}");
        }
    }

    public override bool Read(IValueReader reader, List<string> texts)
    {
        var value = reader.UInt64();
        texts.Add(One(value));
        return TryOne(texts[^1], out _);
    }

    /// <summary>Both limits, from what <see cref="Read"/> made of each.</summary>
    public static string Pair(string soft, string hard) => soft == hard ? soft : $"{soft}:{hard}";

    public string One(ulong value) => value == ResourceLimit.Infinity ? "infinity"
        : value.ToString(CultureInfo.InvariantCulture);

    private bool TryOne(string text, out ulong value)
    {
        value = ResourceLimit.Infinity;
        if (string.Equals(text, "infinity", StringComparison.Ordinal))
        {
            return true;
        }

        var good = kind switch
        {
            ResourceLimitKind.Cpu => TrySeconds(text, out value),
            ResourceLimitKind.RealTime => TimeSpans.TryParse(text, out value, defaultUnit: 1),
            ResourceLimitKind.Nice => TryNice(text, out value),
            ResourceLimitKind.OpenFiles or ResourceLimitKind.Processes or ResourceLimitKind.Locks or ResourceLimitKind.PendingSignals
                or ResourceLimitKind.RealTimePriority => Numbers.TryUInt64(text, out value),
            _ => Sizes.TryParse(text, out value),
        };
        return good && (value != ResourceLimit.Infinity || kind is ResourceLimitKind.Cpu or ResourceLimitKind.RealTime);
    }

    /// <summary>The kernel counts whole seconds of CPU time.</summary>
    private static bool TrySeconds(string text, out ulong value)
    {
        var good = TimeSpans.TryParse(text, out value);
        value = value == TimeSpans.Infinity ? value : (value / TimeSpans.Second) + (value % TimeSpans.Second > 0 ? 1UL : 0UL);
        return good;
    }

    /// <summary>The limit itself, 0 to 40, or with a sign the nice level that it stands for (20 less the limit).</summary>
    private static bool TryNice(string text, out ulong value)
    {
        var signed = text.StartsWith('+') || text.StartsWith('-');
        if (!Numbers.TryUInt64(signed ? text[1..] : text, out value))
        {
            return false;
        }

        var sound = value <= (signed ? text[0] == '+' ? 19UL : 20UL : 40UL);
        value = !signed ? value : text[0] == '+' ? 20 - value : 20 + value;
        return sound;
    }
}
