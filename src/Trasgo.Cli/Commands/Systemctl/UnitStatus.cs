using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// <c>systemctl status UNIT</c>: one block, labels right-aligned before the colon. The parts that tell of processes and of
/// resources are in files of their own.
/// </summary>
internal sealed partial class UnitStatus
{
    private const string Indent = "             ";

    private readonly SystemctlContext _context;
    private readonly ManagerBus _bus;
    private readonly PropertyBag _unit;
    private readonly CommandOutput _output;
    private readonly ulong _now = TimestampText.Now();
    private readonly string _id;
    private readonly string _active;

    internal UnitStatus(SystemctlContext context, ManagerBus bus, PropertyBag unit)
    {
        (_context, _bus, _unit, _output) = (context, bus, unit, context.Output);
        (_id, _active) = (unit.Text("Id"), unit.Text("ActiveState"));
    }

    internal void Print()
    {
        PrintTitle();
        PrintLoaded();
        PrintDropIns();
        PrintActive();
        PrintTriggers();
        PrintConditions();
        PrintAsserts();
        PrintWhat();
        PrintProcesses();
        PrintResources();
        PrintControlGroup();
        _output.Flush();
        if (_unit.Flag("NeedDaemonReload"))
        {
            UnitQueries.WarnChanged(_context, _id);
        }
    }

    private static bool ShowsPreset(string state) => state is not ("alias" or "static" or "generated" or "transient");

    private void Line(string label, string text) => _output.WriteLine($"{label,11}: {text}");

    private string When(ulong timestamp) =>
        $"{TimestampText.Format(timestamp, _context.Options.Timestamp)}; {TimestampText.FormatRelative(timestamp, _now)}";

    private string Colored(string? state, string text)
    {
        var style = _output.Style;
        return state switch
        {
            "failed" => style.Red + text + style.Normal,
            "active" or "reloading" => style.Green + text + style.Normal,
            _ => text,
        };
    }

    private string ColoredEnablement(string state)
    {
        var style = _output.Style;
        return state switch
        {
            "disabled" => style.Yellow + state + style.Normal,
            "enabled" => style.Green + state + style.Normal,
            _ => state,
        };
    }

    private void PrintTitle()
    {
        var description = _unit.Text("Description");
        _output.WriteLine($"{Colored(_active, _output.Glyphs.OfActiveState(_active))} {_id}"
            + (description.Length > 0 && description != _id ? $" - {description}" : ""));
        if (_unit.Text("Following") is { Length: > 0 } followed)
        {
            _output.WriteLine($"    Follows: unit currently follows state of {followed}");
        }
    }

    private void PrintLoaded()
    {
        var style = _output.Style;
        var state = _unit.Text("LoadState");
        var loaded = state is "error" or "not-found" or "bad-setting" ? style.Red + state + style.Normal : state;
        var path = _unit.Text("SourcePath") is { Length: > 0 } source ? source : _unit.Text("FragmentPath");
        var fileState = _unit.Text("UnitFileState");
        var details = "";
        if (_unit["LoadError"][1].Text is { Length: > 0 } reason)
        {
            details = $" (Reason: {reason})";
        }
        else if (path.Length > 0)
        {
            var preset = _unit.Text("UnitFilePreset");
            details = " (" + style.FileLink(path, path)
                + (fileState.Length > 0 ? "; " + ColoredEnablement(fileState) : "")
                + (fileState.Length > 0 && preset.Length > 0 && ShowsPreset(fileState)
                    ? "; preset: " + ColoredEnablement(preset)
                    : "")
                + ")";
        }

        Line("Loaded", loaded + details);
        if (_unit.Flag("Transient"))
        {
            Line("Transient", "yes");
        }
    }

    // One line of names below each directory.
    private void PrintDropIns()
    {
        var paths = _unit.Texts("DropInPaths");
        var (directory, names) = ("", new List<string>());
        var first = true;
        foreach (var path in paths)
        {
            var parent = path[..Math.Max(1, path.LastIndexOf('/'))];
            if (parent != directory)
            {
                PrintDropInNames(names);
                _output.WriteLine((first ? "    Drop-In: " : Indent) + parent);
                (directory, first) = (parent, false);
            }

            names.Add(_output.Style.FileLink(path, path[(path.LastIndexOf('/') + 1)..]));
        }

        PrintDropInNames(names);
    }

    private void PrintDropInNames(List<string> names)
    {
        if (names.Count > 0)
        {
            _output.WriteLine(Indent + _output.Glyphs.TreeRight + string.Join(", ", names));
            names.Clear();
        }
    }

    private void PrintActive()
    {
        var style = _output.Style;
        var sub = _unit.Text("SubState");
        var text = Colored(_active, sub.Length > 0 && sub != _active ? $"{_active} ({sub})" : _active);
        if (_unit.Text("FreezerState") is { Length: > 0 } freezer and not "running")
        {
            text += $" {style.Yellow}({freezer}){style.Normal}";
        }

        if (_unit.Text("Result") is { Length: > 0 } result and not "success")
        {
            text += $" (Result: {result})";
        }

        var since = _unit.Number(_active switch
        {
            "active" or "reloading" => "ActiveEnterTimestamp",
            "inactive" or "failed" => "InactiveEnterTimestamp",
            "activating" => "InactiveExitTimestamp",
            _ => "ActiveExitTimestamp",
        });
        if (!TimestampText.IsSet(since))
        {
            Line("Active", text);
            return;
        }

        Line("Active", $"{text} since {When(since)}");
        var runtime = _unit.Number("RuntimeMaxUSec", ulong.MaxValue);
        if (_active == "active" && runtime < ulong.MaxValue)
        {
            Line("Until", When(since + Math.Min(runtime, ulong.MaxValue - since)));
        }

        PrintDuration();
    }

    private void PrintDuration()
    {
        var (enter, exit) = (_unit.Number("ActiveEnterTimestamp"), _unit.Number("ActiveExitTimestamp"));
        if (!_id.EndsWith(".target", StringComparison.Ordinal) && _active is ("inactive" or "failed")
            && TimestampText.IsSet(enter) && TimestampText.IsSet(exit) && exit >= enter)
        {
            Line("Duration", TimeSpans.Format(exit - enter, TimeSpanText.Millisecond));
        }
    }

    private void PrintTriggers()
    {
        PrintUnits("TriggeredBy", static (glyphs, state) => glyphs.OfActiveState(state));
        if (_id.EndsWith(".timer", StringComparison.Ordinal))
        {
            var next = ListTimers.NextElapse(_unit.Number("NextElapseUSecRealtime"), _unit.Number("NextElapseUSecMonotonic"));
            Line("Trigger", TimestampText.IsSet(next) ? When(next) : "n/a");
        }

        PrintUnits("Triggers", static (glyphs, _) => glyphs.BlackCircle);
    }

    private void PrintUnits(string property, Func<Glyphs, string?, string> glyph)
    {
        var label = $"{property,11}:";
        foreach (var name in _unit.Texts(property))
        {
            var state = UnitQueries.ActiveState(_context, _bus, name);
            _output.WriteLine($"{label} {Colored(state, glyph(_output.Glyphs, state))} {name}");
            label = "            ";
        }
    }

    private void PrintConditions()
    {
        var at = _unit.Number("ConditionTimestamp");
        if (_unit.Flag("ConditionResult") || at == 0)
        {
            return;
        }

        var style = _output.Style;
        Line("Condition", $"start {style.Yellow}condition failed{style.Normal} at {When(at)}");

        // systemctl collects them in front of each other, so the last in the file is shown first.
        var failed = _unit["Conditions"].Items.Where(static condition => condition[4].Signed < 0).Reverse().ToArray();
        for (var index = 0; index < failed.Length; index++)
        {
            var condition = failed[index];
            var branch = index + 1 < failed.Length ? _output.Glyphs.TreeBranch : _output.Glyphs.TreeRight;
            _output.WriteLine($"{Indent}{branch} {condition[0].Text}={(condition[1].Flag ? "|" : "")}"
                + $"{(condition[2].Flag ? "!" : "")}{condition[3].Text} was not met");
        }
    }

    private void PrintAsserts()
    {
        var at = _unit.Number("AssertTimestamp");
        if (_unit.Flag("AssertResult") || at == 0)
        {
            return;
        }

        var style = _output.Style;
        Line("Assert", $"start {style.Red}assertion failed{style.Normal} at {When(at)}");
        BusValue? culprit = null;
        foreach (var assertion in _unit["Asserts"].Items)
        {
            if (assertion[4].Signed < 0 && (!assertion[1].Flag || culprit is null))
            {
                culprit = assertion;
            }
        }

        if (culprit is not null)
        {
            _output.WriteLine(Indent + (culprit[1].Flag
                ? "none of the trigger assertions were met"
                : $"{culprit[0].Text}={(culprit[2].Flag ? "!" : "")}{culprit[3].Text} was not met"));
        }
    }
}
