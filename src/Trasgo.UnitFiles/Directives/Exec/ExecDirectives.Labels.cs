using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>utmp entries, security labels and privileges.</summary>
internal static partial class ExecDirectives
{
    private static readonly Enforcement s_utmp = Enforcement.Ignored("utmp entries are not written yet");

    private static Directive<ExecConfig>[] LabelRows() =>
    [
        s_rows.Of("UtmpIdentifier", Value.String, static c => ref c.UtmpIdentifier, enforcement: s_utmp),
        s_rows.Of("UtmpMode", Value.Enum(ExecWords.UtmpMode), static c => ref c.UtmpMode, enforcement: s_utmp),
        Label("SELinuxContext", static c => ref c.SelinuxContext, setAsText: true),
        Label("AppArmorProfile", static c => ref c.AppArmorProfile),
        Label("SmackProcessLabel", static c => ref c.SmackProcessLabel),
        s_rows.Of("IgnoreSIGPIPE", Value.Boolean, static c => ref c.IgnoreSigPipe, good: "no"),
        s_rows.Of("NoNewPrivileges", Value.Boolean, static c => ref c.NoNewPrivileges),
    ];

    /// <param name="name">The directive.</param>
    /// <param name="field">Where its value is.</param>
    /// <param name="setAsText">Clients send it as it stands in a file.</param>
    private static CustomDirective<ExecConfig> Label(string name, Field<ExecConfig, SecurityLabel> field, bool setAsText = false) => new("", name, "(bs)", "[-]LABEL")
    {
        SetBy = setAsText ? "s" : "(bs)",
        Parser = (c, text, context) => ParseLabel(ref field(c), text, context),
        Writer = (c, writer) =>
        {
            writer.BeginStruct();
            writer.Boolean(field(c).IgnoreFailure);
            writer.String(field(c).Label ?? "");
            writer.EndStruct();
        },
        Formatter = (c, texts) => texts.Add((field(c).IgnoreFailure ? "-" : "") + WordText.EscapeSpecifiers(field(c).Label ?? "")),
        Reader = (reader, texts) => ReadLabel(reader, setAsText, texts),
        Enforcement = Enforcement.SecurityModules,
        GoodSample = "-unconfined",
        BadSample = "%Z",
    };

    private static bool ReadLabel(IValueReader reader, bool asText, List<string> texts)
    {
        var ignore = false;
        if (!asText)
        {
            reader.EnterStruct();
            ignore = reader.Boolean();
        }

        var label = reader.String();
        if (!asText)
        {
            reader.LeaveStruct();
        }

        texts.Add((ignore ? "-" : "") + WordText.EscapeSpecifiers(label));
        return WordText.FitsLine(label);
    }

    private static void ParseLabel(ref SecurityLabel label, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            label = default;
            return;
        }

        var ignore = text.StartsWith('-');
        if (context.TryExpand(ignore ? text[1..] : text, out var expanded, out var problem))
        {
            label = new SecurityLabel(ignore, expanded);
        }
        else
        {
            context.FailUnless(ignore, problem, text);
        }
    }
}
