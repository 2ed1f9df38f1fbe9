using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager.Bus;

/// <summary>The processes of a unit, and of all units below it where it is a slice, as GetProcesses shows them.</summary>
internal static class UnitProcesses
{
    /// <summary>Slices nest as deep as names are long; a bound all the same, for dependencies come from files.</summary>
    private const int DepthAtMost = 64;

    public static List<UnitProcessRow> Of(EngineContext engine, Unit unit)
    {
        var rows = new List<UnitProcessRow>();
        var seen = new HashSet<int>();
        Collect(engine, unit, rows, seen, 0);
        return rows;
    }

    private static void Collect(EngineContext engine, Unit unit, List<UnitProcessRow> rows, HashSet<int> seen, int depth)
    {
        var group = engine.Processes.ControlGroupOf(unit);
        foreach (var pid in engine.Processes.ProcessesOf(unit))
        {
            if (seen.Add(pid) && Describe(pid) is { } text)
            {
                // It may have moved into a group below the unit's, as what has a delegated one does.
                rows.Add(new UnitProcessRow(engine.Processes.ControlGroupOfProcess(pid) ?? group, pid, text));
            }
        }

        Extra(unit.MainPid);
        Extra(unit.ControlPid);
        if (depth < DepthAtMost)
        {
            foreach (var edge in unit.DependenciesOf(UnitDependency.SliceOf).ToArray())
            {
                Collect(engine, (Unit)edge.Other, rows, seen, depth + 1);
            }
        }

        void Extra(int pid)
        {
            // A main process may live outside of the unit's group, as PIDFile= can name it.
            if (pid > 0 && seen.Add(pid) && Describe(pid) is { } text)
            {
                rows.Add(new UnitProcessRow(engine.Processes.ControlGroupOfProcess(pid) ?? group, pid, text));
            }
        }
    }

    /// <summary>The command line as a shell would take it, or the kernel's name for the process in brackets.</summary>
    private static string? Describe(int pid)
    {
        if (Processes.IsKernelThread(pid))
        {
            return null;
        }

        var arguments = Processes.CommandLine(pid);
        if (arguments is null or [] or [""])
        {
            return Processes.Comm(pid) is { } comm ? $"[{comm}]" : "";
        }

        return string.Join(' ', arguments.Select(static argument => ShellQuoting.MaybeQuote(argument, quoteEmpty: true)));
    }
}
