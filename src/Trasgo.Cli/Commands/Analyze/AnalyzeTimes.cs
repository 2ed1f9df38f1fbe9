using System.Globalization;
using Trasgo.Cli.Output;
using Trasgo.Manager;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Analyze;

/// <summary><c>trasgo analyze calendar</c>, <c>timespan</c> and <c>timestamp</c>: what expressions of systemd.time(7) mean.</summary>
internal sealed class AnalyzeTimes(CommandOutput output)
{
    private readonly HostTimeZones _zones = new(Environment.GetEnvironmentVariable("TZ"));
    private readonly ulong _now = TimestampText.Now();

    /// <summary>How often an event is to come (--iterations=).</summary>
    public uint Iterations { get; set; } = 1;

    /// <summary>What "next" counts from (--base-time=).</summary>
    public ulong? BaseTime { get; set; }

    private bool IsElsewhere => !_zones.Local.IsUtc;

    public bool TryBaseTime(string text)
    {
        var isRead = Timestamps.TryParse(text, _zones, _now, out var time);
        BaseTime = isRead ? time : BaseTime;
        return isRead;
    }

    /// <summary>An event that cannot be read does not keep the others from being shown.</summary>
    public int Calendar(string[] texts)
    {
        var status = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            status = ShowCalendar(texts[i]) ? status : 1;
            Separate(i, texts);
        }

        return status;
    }

    public int Timestamp(string[] texts)
    {
        var status = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            status = ShowTimestamp(texts[i]) ? status : 1;
            Separate(i, texts);
        }

        return status;
    }

    public int TimeSpan(string[] texts)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            if (!TimeSpans.TryParse(texts[i], out var span))
            {
                output.Error($"Failed to parse time span '{texts[i]}': Invalid argument");
                Hint(texts[i], calendar: true, timestamp: true, timespan: false);
                return 1;
            }

            var facts = new FactTable(output);
            facts.Add("Original:", texts[i]);
            facts.Add((output.Glyphs.IsUnicode ? "μ" : "u") + "s:", span.ToString(CultureInfo.InvariantCulture));
            facts.Add("Human:", TimeSpans.Format(span), output.Style.Highlight);
            facts.Print();
            Separate(i, texts);
        }

        return 0;
    }

    private bool ShowCalendar(string text)
    {
        if (!CalendarSpec.TryParse(text, _zones, out var spec))
        {
            output.Error($"Failed to parse calendar specification '{text}': Invalid argument");
            Hint(text, calendar: false, timestamp: true, timespan: true);
            return false;
        }

        var facts = new FactTable(output);
        var normalized = spec.ToString();
        if (normalized != text)
        {
            facts.Add("Original form:", text);
        }

        facts.Add("Normalized form:", normalized);
        var at = BaseTime ?? _now;
        for (var iteration = 1U; iteration <= Iterations; iteration++)
        {
            var outcome = CalendarSearch.Next(spec, _zones, at, out at);
            if (outcome == CalendarOutcome.Never)
            {
                if (iteration == 1)
                {
                    facts.Add("Next elapse:", "never", output.Style.Yellow);
                }

                break;
            }

            if (outcome != CalendarOutcome.Found)
            {
                output.Error($"Failed to determine next elapse for '{text}': {(outcome == CalendarOutcome.Endless ? "Resource deadlock avoided" : "Invalid argument")}");
                return false;
            }

            AddMoment(facts, iteration == 1 ? "Next elapse:" : $"Iter. #{iteration}:", at);
            facts.Add("From now:", Shown(TimestampText.FormatRelative(at, _now)));
        }

        facts.Print();
        return true;
    }

    private bool ShowTimestamp(string text)
    {
        if (!Timestamps.TryParse(text, _zones, _now, out var time))
        {
            output.Error($"Failed to parse \"{text}\": Invalid argument");
            Hint(text, calendar: true, timestamp: false, timespan: true);
            return false;
        }

        var facts = new FactTable(output);
        facts.Add("Original form:", text);
        AddMoment(facts, "Normalized form:", time);
        var fraction = time % TimeSpans.Second;
        facts.Add("UNIX seconds:", $"@{time / TimeSpans.Second}{(fraction == 0 ? "" : $".{fraction:D6}")}");
        facts.Add("From now:", Shown(TimestampText.FormatRelative(time, _now)));
        facts.Print();
        return true;
    }

    private void AddMoment(FactTable facts, string name, ulong time)
    {
        facts.Add(name, Shown(TimestampText.Format(time)), output.Style.Blue);
        if (IsElsewhere)
        {
            facts.Add("(in UTC):", Shown(TimestampText.Format(time, TimestampStyle.Utc)));
        }
    }

    private static string Shown(string? text) => text ?? "-";

    private void Separate(int index, string[] texts)
    {
        if (index < texts.Length - 1)
        {
            output.WriteLine("");
        }
    }

    /// <summary>What fails as one kind of expression may be a good one of another.</summary>
    private void Hint(string text, bool calendar, bool timestamp, bool timespan)
    {
        if (calendar && CalendarSpec.TryParse(text, _zones, out _))
        {
            Hint("calendar specification", "calendar", text);
        }

        if (timestamp && Timestamps.TryParse(text, _zones, _now, out _))
        {
            Hint("timestamp", "timestamp", text);
        }

        if (timespan && TimeSpans.TryParse(text, out _))
        {
            Hint("timespan", "timespan", text);
        }
    }

    private void Hint(string kind, string verb, string text) =>
        output.Notice($"Hint: this expression is a valid {kind}. Use 'trasgo analyze {verb} \"{text}\"' instead?");
}
