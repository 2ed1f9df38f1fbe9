using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Timer] section: systemd.timer(5), in the order of the properties.</summary>
internal static class TimerDirectives
{
    public const string Section = "Timer";

    private static readonly Rows<TimerConfig> s_rows = new(Section);

    private static DirectiveTable<TimerConfig>? s_table;

    public static DirectiveTable<TimerConfig> Table => s_table ??= new(
    [
        TriggerUnits.Row<TimerConfig>(Section, static c => ref c.TriggerUnit),
        s_rows.View("TimersMonotonic", "a(stt)", WriteMonotonic, BusFlags.EmitsInvalidation | BusFlags.Transient, new BusSetter("a(st)", ReadMonotonic)),
        s_rows.View("TimersCalendar", "a(sst)", WriteCalendar, BusFlags.EmitsInvalidation | BusFlags.Transient, new BusSetter("a(ss)", ReadCalendar)),
        .. TimeRows(),
        .. ObsoleteSetters(),
        s_rows.Of("OnClockChange", Value.Boolean, static c => ref c.OnClockChange),
        s_rows.Of("OnTimezoneChange", Value.Boolean, static c => ref c.OnTimezoneChange),
        s_rows.Of("AccuracySec", Value.Duration, static c => ref c.Accuracy, "AccuracyUSec"),
        s_rows.Of("RandomizedDelaySec", Value.Duration, static c => ref c.RandomizedDelay, "RandomizedDelayUSec"),
        s_rows.Of("FixedRandomDelay", Value.Boolean, static c => ref c.FixedRandomDelay),
        s_rows.Of("Persistent", Value.Boolean, static c => ref c.Persistent),
        s_rows.Of("WakeSystem", Value.Boolean, static c => ref c.WakeSystem),
        s_rows.Of("RemainAfterElapse", Value.Boolean, static c => ref c.RemainAfterElapse, good: "no"),
    ]);

    private static IEnumerable<Directive<TimerConfig>> TimeRows()
    {
        for (var timerBase = TimerBase.OnActiveSec; timerBase <= TimerBase.OnCalendar; timerBase++)
        {
            var which = timerBase;
            var name = TimerWords.TimerBase.Name(which);
            yield return new CustomDirective<TimerConfig>(Section, name, "", which == TimerBase.OnCalendar ? "CALENDAR" : "TIMESPAN")
            {
                BusName = "",
                Parser = (c, text, context) => ParseTime(c, which, text, context),
                Formatter = (c, texts) => texts.AddRange(c.Values.Where(v => v.Base == which).Select(TimeText)),
                GoodSample = which == TimerBase.OnCalendar ? "Mon..Fri 6:30" : "1h 30min",
                BadSample = which == TimerBase.OnCalendar ? "someday" : "soon",
            };
        }
    }

    private static string TimeText(TimerValue value) =>
        value.Calendar is { } calendar ? calendar.ToString() : TimeSpans.Format(value.Usec);

    private static void ParseTime(TimerConfig config, TimerBase timerBase, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.Values.Clear();
            return;
        }

        if (!context.Expand(text, out var expanded))
        {
            return;
        }

        if (timerBase == TimerBase.OnCalendar)
        {
            if (CalendarSpec.TryParse(expanded, context.TimeZones, out var calendar))
            {
                config.Values.Add(new TimerValue(timerBase, 0, calendar));
            }
            else
            {
                context.Ignore("is not a valid calendar event", expanded);
            }
        }
        else if (TimeSpans.TryParse(expanded, out var usec))
        {
            config.Values.Add(new TimerValue(timerBase, usec, calendar: null));
        }
        else
        {
            context.Ignore("is not a valid timespan", expanded);
        }
    }

    /// <summary>OnBootSec is OnBootUSec on the bus.</summary>
    private static string BusBase(TimerBase timerBase) => TimerWords.TimerBase.Name(timerBase).Replace("Sec", "USec", StringComparison.Ordinal);

    private static void WriteMonotonic(TimerConfig config, IValueWriter writer)
    {
        writer.BeginArray("(stt)");
        foreach (var value in Enumerable.Reverse(config.Values).Where(static v => v.Calendar is null))
        {
            writer.BeginStruct();
            writer.String(BusBase(value.Base));
            writer.UInt64(value.Usec);
            writer.UInt64(value.NextElapse);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    private static void WriteCalendar(TimerConfig config, IValueWriter writer)
    {
        writer.BeginArray("(sst)");
        foreach (var value in Enumerable.Reverse(config.Values).Where(static v => v.Calendar is not null))
        {
            writer.BeginStruct();
            writer.String(TimerWords.TimerBase.Name(value.Base));
            writer.String(value.Calendar?.ToString() ?? "");
            writer.UInt64(value.NextElapse);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    /// <summary>Names by which clients of old set one time each.</summary>
    private static IEnumerable<Directive<TimerConfig>> ObsoleteSetters()
    {
        for (var timerBase = TimerBase.OnActiveSec; timerBase < TimerBase.OnCalendar; timerBase++)
        {
            var name = TimerWords.TimerBase.Name(timerBase);
            yield return s_rows.Setter(name, "t", (reader, section, settings) =>
            {
                settings.Add(new Setting(section, name, TimeSpans.Format(reader.UInt64())));
                return true;
            });
        }

        yield return s_rows.Setter("OnCalendar", "s", static (reader, section, settings) =>
        {
            var calendar = reader.String();
            settings.Add(new Setting(section, "OnCalendar", WordText.EscapeSpecifiers(calendar)));
            return CalendarSpec.TryParse(calendar, AnyTimeZone.Instance, out _) && WordText.FitsLine(calendar);
        });
    }

    private static bool ReadMonotonic(IValueReader reader, string section, List<Setting> settings)
    {
        var sound = reader.EnterArray("(st)");
        while (sound && reader.More())
        {
            reader.EnterStruct();
            var name = reader.String().Replace("USec", "Sec", StringComparison.Ordinal);
            var usec = reader.UInt64();
            reader.LeaveStruct();
            sound = TimerWords.TimerBase.TryParse(name, out var timerBase) && timerBase != TimerBase.OnCalendar;
            settings.Add(new Setting(section, name, TimeSpans.Format(usec)));
        }

        return Finish(reader, section, settings, sound);
    }

    private static bool ReadCalendar(IValueReader reader, string section, List<Setting> settings)
    {
        var sound = reader.EnterArray("(ss)");
        while (sound && reader.More())
        {
            reader.EnterStruct();
            var name = reader.String();
            var calendar = reader.String();
            reader.LeaveStruct();
            sound = name is "OnCalendar" && CalendarSpec.TryParse(calendar, AnyTimeZone.Instance, out _) && WordText.FitsLine(calendar);
            settings.Add(new Setting(section, name, WordText.EscapeSpecifiers(calendar)));
        }

        return Finish(reader, section, settings, sound);
    }

    private static bool Finish(IValueReader reader, string section, List<Setting> settings, bool sound)
    {
        reader.LeaveArray();
        if (settings.Count == 0)
        {
            settings.Add(new Setting(section, "OnActiveSec", ""));
        }

        return sound;
    }
}
