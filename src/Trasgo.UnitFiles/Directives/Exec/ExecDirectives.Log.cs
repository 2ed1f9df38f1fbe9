using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>What the log is told.</summary>
internal static partial class ExecDirectives
{
    private static readonly Enforcement s_logd = Enforcement.Ignored("the journal has one name space");

    private static Directive<ExecConfig>[] LogRows() =>
    [
        s_rows.View("SyslogPriority", "i", static (c, writer) => writer.Int32(c.SyslogPriority)),
        s_rows.Of("SyslogIdentifier", Value.String, static c => ref c.SyslogIdentifier),
        s_rows.Of("SyslogLevelPrefix", Value.Boolean, static c => ref c.SyslogLevelPrefix, good: "no"),
        new CustomDirective<ExecConfig>("", "SyslogLevel", "i", "LEVEL")
        {
            Parser = static (c, text, context) =>
            {
                if (SyslogNames.TryLevel(text, out var level))
                {
                    c.SyslogPriority = (c.SyslogPriority & ~7) | level;
                }
                else
                {
                    context.Ignore("is not a log level", text);
                }
            },
            Writer = static (c, writer) => writer.Int32(c.SyslogPriority & 7),
            Formatter = static (c, texts) => texts.Add(SyslogNames.Level(c.SyslogPriority & 7)),
            Reader = static (reader, texts) =>
            {
                texts.Add(SyslogNames.Level(reader.Int32()));
                return texts[0].Length > 0;
            },
            GoodSample = "err",
            BadSample = "loud",
        },
        new CustomDirective<ExecConfig>("", "SyslogFacility", "i", "FACILITY")
        {
            Parser = static (c, text, context) =>
            {
                if (SyslogNames.TryFacility(text, out var facility))
                {
                    c.SyslogPriority = (facility << 3) | (c.SyslogPriority & 7);
                }
                else
                {
                    context.Ignore("is not a syslog facility", text);
                }
            },
            Writer = static (c, writer) => writer.Int32(c.SyslogPriority >> 3),
            Formatter = static (c, texts) => texts.Add(SyslogNames.Facility(c.SyslogPriority >> 3)),
            Reader = static (reader, texts) =>
            {
                texts.Add(SyslogNames.Facility(reader.Int32()));
                return SyslogNames.TryFacility(texts[0], out _);
            },
            GoodSample = "local3",
            BadSample = "loudspeaker",
        },
        s_rows.Of("LogLevelMax", Value.LogLevel, static c => ref c.LogLevelMax),
        s_rows.Of("LogRateLimitIntervalSec", Value.Duration, static c => ref c.LogRateLimitInterval, "LogRateLimitIntervalUSec"),
        s_rows.Of("LogRateLimitBurst", Value.Unsigned, static c => ref c.LogRateLimitBurst),
        new CustomDirective<ExecConfig>("", "LogExtraFields", "aay", "FIELD=VALUE ...")
        {
            Parser = ParseLogFields,
            Writer = static (c, writer) =>
            {
                writer.BeginArray("ay");
                foreach (var field in c.LogExtraFields)
                {
                    BusLists.Write(writer, ByteText.Encode(field));
                }

                writer.EndArray();
            },
            Formatter = static (c, texts) => texts.AddRange(
                ["", .. c.LogExtraFields.Select(static field => WordText.QuoteC(WordText.EscapeSpecifiers(field)))]),
            Reader = ReadLogFields,
            GoodSample = "SITE=north \"ROOM=two b\"",
            BadSample = "site=north",
        },
        s_rows.Of("LogNamespace", Value.LogNamespace, static c => ref c.LogNamespace, enforcement: s_logd),
    ];

    private static void ParseLogFields(ExecConfig config, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.LogExtraFields.Clear();
            return;
        }

        if (Quoting.SplitWords(text, ExtractFlags.CUnescape | ExtractFlags.Unquote) is not { } words)
        {
            context.Ignore("has invalid quoting", text);
            return;
        }

        foreach (var word in words)
        {
            if (!context.Expand(word, out var field))
            {
                continue;
            }

            if (IsLogField(field))
            {
                config.LogExtraFields.Add(field);
            }
            else
            {
                context.Ignore("has an invalid journal field", field);
            }
        }
    }

    private static bool IsLogField(string field)
    {
        var equals = field.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && NameRules.IsJournalField(field.AsSpan(0, equals));
    }

    private static bool ReadLogFields(IValueReader reader, List<string> texts)
    {
        var sound = reader.EnterArray("ay");
        while (sound && reader.More())
        {
            var field = ByteText.Decode(BusLists.Bytes(reader));
            sound = IsLogField(field) && !field.Contains('\0', StringComparison.Ordinal);
            texts.Add(WordText.QuoteC(WordText.EscapeSpecifiers(field)));
        }

        reader.LeaveArray();
        if (texts.Count == 0)
        {
            texts.Add("");
        }

        return sound;
    }
}
