using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The kinds of values that only the manager has.</summary>
internal static partial class ManagerDirectives
{
    private static readonly string[] s_logTargets =
        ["console", "console-prefixed", "kmsg", "journal", "journal-or-kmsg", "syslog", "syslog-or-kmsg", "auto", "null"];

    private static readonly ScalarKind<string> s_logLevel = new(
        "s", "LEVEL", "debug", "loud",
        static (string text, out string value) =>
        {
            var sound = SyslogNames.TryLevel(text, out var level);
            value = SyslogNames.Level(level);
            return sound;
        },
        static value => value,
        static (value, writer) => writer.String(value));

    private static readonly ScalarKind<ShowStatus> s_showStatus = new(
        "b", "BOOLEAN|auto|error", "error", "sometimes",
        static (string text, out ShowStatus value) =>
        {
            if (ManagerWords.ShowStatus.TryParse(text, out value))
            {
                return value != ShowStatus.Temporary;
            }

            var parsed = Booleans.Parse(text);
            value = parsed == true ? ShowStatus.Yes : ShowStatus.No;
            return parsed is not null;
        },
        ManagerWords.ShowStatus.Name,
        static (value, writer) => writer.Boolean(value == ShowStatus.Yes));

    /// <summary>A virtual terminal; 0 is the kernel's log console, -1 none.</summary>
    private static readonly ScalarKind<int> s_crashVt = new(
        "i", "NUMBER|BOOLEAN", "7", "console",
        static (string text, out int value) =>
        {
            if (Numbers.TryInt32(text, out value))
            {
                return true;
            }

            var parsed = Booleans.Parse(text);
            value = parsed == true ? 0 : -1;
            return parsed is not null;
        },
        static value => value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        static (value, writer) => writer.Int32(value));

    private static CustomDirective<ManagerDefaults> Output(string name, Field<ManagerDefaults, ExecOutput> field, string good) =>
        new(Section, name, "s", "{" + string.Join('|', ExecWords.ExecOutput.Names) + "}")
        {
            BusFlags = BusFlags.Const,
            Parser = (c, text, context) =>
            {
                if (!OutputWords.TryParse(text, context, out var output))
                {
                    return;
                }

                if (output >= ExecOutput.Socket)
                {
                    context.Ignore("has no such default", text);
                    return;
                }

                field(c) = output;
            },
            Writer = (c, writer) => writer.String(ExecWords.ExecOutput.Name(field(c))),
            Formatter = (c, texts) => texts.Add(ExecWords.ExecOutput.Name(field(c))),
            GoodSample = good,
            BadSample = "socket",
        };
}
