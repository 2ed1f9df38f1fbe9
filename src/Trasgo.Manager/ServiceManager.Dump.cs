using System.IO.Enumeration;
using System.Text;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager;

internal sealed partial class ServiceManager
{
    /// <summary>What the manager knows of its units, for a person to read (SIGUSR2, `systemd-analyze dump`).</summary>
    public string Dump(IReadOnlyList<string> patterns)
    {
        var text = new StringBuilder();
        foreach (var unit in _engine.Units.All)
        {
            if (patterns.Count == 0 || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, unit.Id, ignoreCase: false)))
            {
                DumpUnit(text, unit);
            }
        }

        foreach (var job in _engine.Jobs.Jobs)
        {
            text.Append("-> Job ").Append(job.Id).Append(":\n\tAction: ").Append(job).Append("\n\tState: ").Append(job.State.Name()).Append('\n');
        }

        return text.ToString();
    }

    private void DumpUnit(StringBuilder text, Unit unit)
    {
        text.Append("-> Unit ").Append(unit.Id).Append(":\n");
        Line("Description", unit.Description);
        Line("Names", string.Join(' ', unit.Names));
        Line("Unit Load State", unit.LoadState.Name());
        Line("Unit Active State", unit.ActiveState.Name());
        Line("Unit Sub State", unit.SubState);
        Line("Fragment Path", unit.Origin.FragmentPath);
        Line("CGroup", _engine.Processes.ControlGroupOf(unit));
        Line("Invocation ID", unit.InvocationId);
        for (var kind = (UnitDependency)0; (int)kind < UnitDependencies.Count; kind++)
        {
            foreach (var edge in unit.DependenciesOf(kind))
            {
                Line(UnitDependencies.Names.Name(kind), edge.Other.Id);
            }
        }

        void Line(string name, string value)
        {
            if (value.Length > 0)
            {
                text.Append('\t').Append(name).Append(": ").Append(value).Append('\n');
            }
        }
    }
}
