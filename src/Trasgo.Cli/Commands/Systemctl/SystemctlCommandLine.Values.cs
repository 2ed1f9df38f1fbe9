using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Systemctl;

internal sealed partial class SystemctlCommandLine
{
    private static readonly string[] s_cleanable = ["runtime", "state", "cache", "logs", "configuration"];
    private static readonly string[] s_presetModes = ["full", "enable-only", "disable-only"];

    private static IEnumerable<int> AllSignals => Enumerable.Range(1, Signals.RtMax);

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private int PrintList(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            output.WriteLine(word);
        }

        return 0;
    }

    private int? AddTypes(string list)
    {
        if (list.Length == 0)
        {
            return output.Fail("--type= requires arguments.");
        }

        foreach (var word in Words(list))
        {
            if (word == "help")
            {
                return StateNames.PrintTypes(output, Options.ShowsLegend);
            }

            if (Array.IndexOf(StateNames.Types, word) >= 0)
            {
                Options.Types.Add(word);
            }
            else if (Array.IndexOf(StateNames.Load, word) >= 0)
            {
                Options.States.Add(word);
            }
            else
            {
                output.Error($"Unknown unit type or load state '{word}'.");
                output.Info("Use -t help to see a list of allowed values.");
                return 1;
            }
        }

        return null;
    }

    private int? AddStates(string list)
    {
        if (list.Length == 0)
        {
            return output.Fail("--state= requires arguments.");
        }

        foreach (var word in Words(list))
        {
            if (word == "help")
            {
                return StateNames.PrintStates(output, Options.ShowsLegend);
            }

            Options.States.Add(word);
        }

        return null;
    }

    private int? AddProperties(string list)
    {
        // An empty list asks for no property at all; properties asked for by name are shown even when empty.
        Options.Properties ??= [];
        Options.Properties.AddRange(Words(list));
        Options.ShowEmpty = true;
        return null;
    }

    private int? AddClean(string list)
    {
        if (list.Length == 0)
        {
            return output.Fail("--what= requires arguments.");
        }

        foreach (var word in Words(list))
        {
            if (word == "help")
            {
                return PrintList(s_cleanable);
            }

            Options.Clean.Add(word);
        }

        return null;
    }

    private int? SetOutput(string mode)
    {
        if (mode == "help")
        {
            return PrintList(OutputModes.Names);
        }

        if (!OutputModes.TryParse(mode, out var parsed))
        {
            return output.Fail($"Unknown output '{mode}'.");
        }

        Options.Output = parsed;
        if (parsed.IsJson())
        {
            Options.Legend = false;
            Options.Plain = true;
        }

        return null;
    }

    private int? SetLegend(string text)
    {
        if (Booleans.Parse(text) is not { } value)
        {
            return output.Fail($"Failed to parse boolean argument to --legend: {text}.");
        }

        Options.Legend = value;
        return null;
    }

    private int? SetRoot(string path)
    {
        Options.Root = path.Length == 0 ? null : Path.GetFullPath(path).TrimEnd('/') is { Length: > 0 } root ? root : "/";
        return null;
    }

    private int? SetPresetMode(string mode)
    {
        if (mode == "help")
        {
            return PrintList(s_presetModes);
        }

        if (Array.IndexOf(s_presetModes, mode) < 0)
        {
            return output.Fail($"Failed to parse preset mode: {mode}.");
        }

        Options.PresetMode = mode;
        return null;
    }

    private int? SetTimestamp(string style)
    {
        if (style == "help")
        {
            return PrintList(TimestampText.StyleNames);
        }

        if (!TimestampText.TryParseStyle(style, out var parsed))
        {
            return output.Fail($"Invalid value: {style}.");
        }

        Options.Timestamp = parsed;
        return null;
    }

    private int? SetSignal(string text)
    {
        switch (text)
        {
            case "help":
                return PrintList(AllSignals.Prepend(0).Select(Signals.Name));
            case "list":
                var table = new Table("signal", "name");
                foreach (var signal in AllSignals)
                {
                    table.Add(Cell.Number((ulong)signal), new Cell("SIG" + Signals.Name(signal)));
                }

                table.Print(output);
                return 0;
            default:
                break;
        }

        if (!Signals.TryParse(text, out var parsed))
        {
            return output.Fail($"Failed to parse signal string \"{text}\".");
        }

        Options.Signal = parsed;
        return null;
    }
}
