using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Systemctl;

internal sealed partial class UnitStatus
{
    private const ulong None = ulong.MaxValue;

    // The label, the property, and whether it protects (shown above zero) or limits (shown below infinity).
    private static readonly (string Label, string Property, bool Protects)[] s_memory =
    [
        ("min", "MemoryMin", true),
        ("low", "MemoryLow", true),
        ("high", "MemoryHigh", false),
        ("max", "MemoryMax", false),
        ("swap max", "MemorySwapMax", false),
        ("limit", "MemoryLimit", false),
        ("available", "MemoryAvailable", false),
    ];

    private void PrintResources()
    {
        PrintPair("IP", "IPIngressBytes", "in", "IPEgressBytes", "out");
        PrintPair("IO", "IOReadBytes", "read", "IOWriteBytes", "written");
        if (_unit.Number("TasksCurrent", None) is not None and var tasks)
        {
            var limit = _unit.Number("TasksMax", None);
            Line("Tasks", limit != None ? $"{tasks} (limit: {limit})" : $"{tasks}");
        }

        if (_unit.Number("MemoryCurrent", None) is not None and var memory)
        {
            var limits = MemoryLimits();
            Line("Memory", ByteAmount.Format(memory) + (limits.Length > 0 ? $" ({limits})" : ""));
        }

        if (_unit.Number("CPUUsageNSec", None) is not None and var cpu)
        {
            Line("CPU", TimeSpans.Format(cpu / 1000, TimeSpanText.Millisecond));
        }
    }

    private void PrintPair(string label, string first, string firstWord, string second, string secondWord)
    {
        var (a, b) = (_unit.Number(first, None), _unit.Number(second, None));
        if (a != None && b != None)
        {
            Line(label, $"{ByteAmount.Format(a)} {firstWord}, {ByteAmount.Format(b)} {secondWord}");
        }
    }

    private string MemoryLimits()
    {
        var parts = new List<string>();
        foreach (var (label, property, protects) in s_memory)
        {
            var value = _unit.Number(property, protects ? 0 : None);
            if (protects ? value > 0 : value != None)
            {
                parts.Add($"{label}: {(value == None ? "infinity" : ByteAmount.Format(value))}");
            }
        }

        return string.Join(' ', parts);
    }

    private void PrintControlGroup()
    {
        if (_unit.Text("ControlGroup") is not { Length: > 0 } group)
        {
            return;
        }

        Line("CGroup", group);
        var reply = _bus.Call("GetUnitProcesses", "s", _id);
        if (reply.Ok)
        {
            new ProcessTree(_context, reply[0]).Print(group, Indent);
        }
        else
        {
            _output.Warning($"Failed to dump process list for '{_id}', ignoring: {reply.Message}");
        }
    }
}
