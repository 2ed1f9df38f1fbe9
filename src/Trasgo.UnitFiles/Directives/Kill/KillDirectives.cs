using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The rows of systemd.kill(5), shared by every unit type that has processes.</summary>
internal static class KillDirectives
{
    private static readonly Rows<KillConfig> s_rows = new("");

    private static Directive<KillConfig>[]? s_all;

    public static IReadOnlyList<Directive<KillConfig>> All => s_all ??=
    [
        new CustomDirective<KillConfig>("", "KillMode", "s", "{" + string.Join('|', KillWords.KillMode.Names) + "}")
        {
            Parser = ParseKillMode,
            Writer = static (c, writer) => writer.String(KillWords.KillMode.Name(c.KillMode)),
            Formatter = static (c, texts) => texts.Add(KillWords.KillMode.Name(c.KillMode)),
            Reader = static (reader, texts) =>
            {
                texts.Add(reader.String());
                return KillWords.KillMode.TryParse(texts[0], out _);
            },
            GoodSample = "mixed",
            BadSample = "gently",
        },
        s_rows.Of("KillSignal", Value.Signal, static c => ref c.KillSignal),
        new CustomDirective<KillConfig>("", "RestartKillSignal", "i", "SIGNAL")
        {
            Parser = static (c, text, context) =>
            {
                var signal = 0;
                Value.Signal.Parse(text, ref signal, context);
                c.RestartKillSignal = signal == 0 ? c.RestartKillSignal : signal;
            },
            Writer = static (c, writer) => writer.Int32(c.EffectiveRestartKillSignal),
            Formatter = static (c, texts) => texts.AddRange(c.RestartKillSignal is { } signal ? [Signals.Name(signal)] : []),
            Reader = Value.Signal.Read,
            GoodSample = "SIGUSR2",
            BadSample = "SIGNOTHING",
        },
        s_rows.Of("FinalKillSignal", Value.Signal, static c => ref c.FinalKillSignal),
        s_rows.Of("SendSIGKILL", Value.Boolean, static c => ref c.SendSigKill, good: "no"),
        s_rows.Of("SendSIGHUP", Value.Boolean, static c => ref c.SendSigHup),
        s_rows.Of("WatchdogSignal", Value.Signal, static c => ref c.WatchdogSignal),
    ];

    public static Directive<TConfig>[] For<TConfig>(string section, Func<TConfig, KillConfig> select) =>
        LiftedDirective<TConfig, KillConfig>.Lift(section, All, select);

    private static void ParseKillMode(KillConfig config, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.KillMode = KillMode.ControlGroup;
        }
        else if (!KillWords.KillMode.TryParse(text, out var mode))
        {
            context.Ignore("must be one of " + string.Join(", ", KillWords.KillMode.Names), text);
        }
        else
        {
            if (mode == KillMode.None)
            {
                context.Warn("KillMode=none leaves processes behind and is deprecated; use mixed or control-group.");
            }

            config.KillMode = mode;
        }
    }
}
