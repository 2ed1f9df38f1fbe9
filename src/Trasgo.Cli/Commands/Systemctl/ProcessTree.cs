using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>The processes of a unit under their control groups, as GetUnitProcesses lists them.</summary>
internal sealed class ProcessTree
{
    private sealed class Group(string path)
    {
        internal string Path => path;
        internal SortedDictionary<uint, string> Processes { get; } = [];
        internal SortedDictionary<string, Group> Children { get; } = new(StringComparer.Ordinal);
        internal bool Shown { get; set; }
    }

    private readonly CommandOutput _output;
    private readonly Dictionary<string, Group> _groups = [];
    private readonly bool _full;

    /// <param name="processes">An a(sus): group, PID, command line.</param>
    internal ProcessTree(SystemctlContext context, BusValue processes)
    {
        _output = context.Output;
        _full = context.Options.Full || !_output.OnTerminal;
        foreach (var process in processes.Items)
        {
            Find(process[0].Text).Processes[(uint)process[1].Unsigned] = process[2].Text;
        }
    }

    internal void Print(string group, string prefix)
    {
        var columns = _full ? 0 : Math.Max(_output.Columns - prefix.Length, 20);
        if (_groups.TryGetValue(group.Length == 0 ? "/" : group, out var root))
        {
            Print(root, prefix, columns);
        }

        PrintRest(prefix, columns);
    }

    private static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "/";

    // A group's parents are there even where no process is directly in them.
    private Group Find(string path)
    {
        path = path.Length == 0 ? "/" : path;
        if (_groups.TryGetValue(path, out var group))
        {
            return group;
        }

        group = new Group(path);
        _groups[path] = group;
        if (path != "/" && path.StartsWith('/'))
        {
            Find(Parent(path)).Children[path] = group;
        }

        return group;
    }

    private void Print(Group group, string prefix, int columns)
    {
        var glyphs = _output.Glyphs;
        var left = group.Processes.Count;
        var width = Width(group.Processes.Keys);
        foreach (var (pid, name) in group.Processes)
        {
            var branch = --left > 0 || group.Children.Count > 0 ? glyphs.TreeBranch : glyphs.TreeRight;
            var style = _output.Style;
            _output.WriteLine(
                $"{prefix}{branch}{style.Grey}{$"{pid}".PadLeft(width)} {Fit(name, columns, width)}{style.Normal}");
        }

        left = group.Children.Count;
        foreach (var (path, child) in group.Children)
        {
            var more = --left > 0;
            _output.WriteLine(prefix + (more ? glyphs.TreeBranch : glyphs.TreeRight) + path[(path.LastIndexOf('/') + 1)..]);
            Print(child, prefix + (more ? glyphs.TreeVertical : glyphs.TreeSpace), columns == 0 ? 0 : Math.Max(columns - 2, 20));
        }

        group.Shown = true;
    }

    // What is not below the unit's own group, such as a process that PAM moved to a session.
    private void PrintRest(string prefix, int columns)
    {
        var rest = new SortedDictionary<uint, string>();
        foreach (var group in _groups.Values.Where(static group => !group.Shown))
        {
            foreach (var (pid, name) in group.Processes)
            {
                rest[pid] = name;
            }
        }

        var width = Width(rest.Keys);
        foreach (var (pid, name) in rest)
        {
            _output.WriteLine($"{prefix}{_output.Glyphs.TriangularBullet} {$"{pid}".PadLeft(width)} {Fit(name, columns, width)}");
        }
    }

    private static int Width(IEnumerable<uint> pids) => $"{pids.DefaultIfEmpty().Max()}".Length;

    private string Fit(string name, int columns, int width) =>
        columns == 0 ? name : TextWidth.Ellipsize(name, Math.Max(columns - 2 - width - 1, 20), percent: 100, _output.Glyphs);
}
