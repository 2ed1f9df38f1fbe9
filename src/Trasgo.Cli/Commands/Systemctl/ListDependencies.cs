using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// <c>systemctl list-dependencies</c>: a tree. A unit that is already on the way to the root is not shown again, only that it
/// would be; with --plain, no unit is shown twice at all.
/// </summary>
internal sealed class ListDependencies
{
    // Deeper trees than this are cut: the branch lines are kept in the bits of one number, as are systemctl's.
    private const int MaxDepth = 31;

    private readonly SystemctlContext _context;
    private readonly ManagerBus _bus;
    private readonly List<string> _seen = [];

    private ListDependencies(SystemctlContext context, ManagerBus bus) => (_context, _bus) = (context, bus);

    internal static int Run(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        var units = arguments.Length == 1 ? ["default.target"] : UnitQueries.Expand(context, bus, arguments[1..]);
        if (units is null)
        {
            return ExitStatus.Failure;
        }

        var tree = new ListDependencies(context, bus);
        for (var index = 0; index < units.Count; index++)
        {
            context.Output.Write(index > 0 ? "\n" : "");
            context.Output.WriteLine(units[index]);
            if (!tree.PrintBelow(units[index], 0, 0))
            {
                return ExitStatus.Failure;
            }
        }

        return ExitStatus.Success;
    }

    private static bool IsTarget(string unit) => unit.EndsWith(".target", StringComparison.Ordinal);

    // Targets last, since their own trees follow them.
    private static int Compare(string first, string second)
    {
        var byKind = IsTarget(first).CompareTo(IsTarget(second));
        return byKind != 0 ? byKind : UnitInfo.CompareNames(first, second);
    }

    private bool PrintBelow(string unit, int level, uint branches)
    {
        var (options, output) = (_context.Options, _context.Output);
        _seen.Add(unit);
        if (UnitDependencies.Of(_context, _bus, unit) is not { } children)
        {
            return false;
        }

        children.Sort(Compare);
        var circular = false;
        for (var index = 0; index < children.Count; index++)
        {
            var child = children[index];
            if (_seen.Contains(child))
            {
                circular = true;
                continue;
            }

            var isLast = index == children.Count - 1;
            output.Write(options.Plain ? "  " : Mark(child));
            PrintName(child, level, branches, isLast && !circular);
            if ((options.All || IsTarget(child)) && level < MaxDepth
                && !PrintBelow(child, level + 1, (branches << 1) | (isLast ? 0u : 1u)))
            {
                return false;
            }
        }

        if (circular && !options.Plain)
        {
            output.Write("  ");
            PrintName("...", level, branches, isLast: true);
        }

        if (!options.Plain)
        {
            _ = _seen.RemoveAll(name => name == unit);
        }

        return true;
    }

    private string Mark(string unit)
    {
        var style = _context.Output.Style;
        var state = UnitQueries.ActiveState(_context, _bus, unit);
        var on = state switch
        {
            "active" or "reloading" or "activating" => style.Green,
            "inactive" or "deactivating" => style.Normal,
            _ => style.Red,
        };
        return $"{on}{_context.Output.Glyphs.OfActiveState(state)}{style.Normal} ";
    }

    private void PrintName(string name, int level, uint branches, bool isLast)
    {
        var (output, glyphs) = (_context.Output, _context.Output.Glyphs);
        var room = Math.Max(output.Columns, 20);
        var used = 0;
        if (!_context.Options.Plain)
        {
            for (var depth = level; depth >= 0; depth--)
            {
                used += 2;
                if (used > room - 3 && !_context.Options.Full)
                {
                    output.WriteLine($"{(room % 2 == 1 ? "" : " ")}...");
                    return;
                }

                output.Write((depth, isLast) switch
                {
                    ( > 0, _) => (branches & (1u << (depth - 1))) != 0 ? glyphs.TreeVertical : glyphs.TreeSpace,
                    (_, true) => glyphs.TreeRight,
                    _ => glyphs.TreeBranch,
                });
            }
        }

        output.WriteLine(_context.Options.Full ? name : TextWidth.Ellipsize(name, room - used, percent: 100, glyphs));
    }
}
