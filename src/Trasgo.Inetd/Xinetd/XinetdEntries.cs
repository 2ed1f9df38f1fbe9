using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd;

/// <summary>A service of xinetd.conf(5) with all that it says and that the defaults say for it.</summary>
internal sealed record XinetdEntry(string Name, string Id, SourceLine Source, XinetdConfig Config);

/// <summary>
/// Applies the attributes of all entries. One that is not understood disables its service, as in xinetd, and more so: an attribute with too many
/// values is passed over there, which may leave open what somebody meant to close.
/// </summary>
internal sealed class XinetdEntries(HostNames hosts, IDiagnostics sink)
{
    /// <summary>An attribute of the defaults was not understood, and nobody knows what it would have closed.</summary>
    public bool HasBrokenDefaults { get; private set; }

    public (List<XinetdEntry> Entries, XinetdConfig Defaults) Read(List<XinetdBlock> blocks)
    {
        var defaults = new XinetdConfig();
        var entries = new List<XinetdEntry>();
        var hasDefaults = false;
        foreach (var block in blocks)
        {
            if (block.Service is { } service)
            {
                var config = defaults.Inherit();
                if (Apply(block, XinetdPlace.Service, config))
                {
                    entries.Add(new XinetdEntry(service, config.Id ?? service, Source(block), config));
                }
            }
            else if (hasDefaults)
            {
                Tell(Severity.Error, block, block.Line, "There is one entry of defaults; this one is left out.");
            }
            else
            {
                hasDefaults = true;
                HasBrokenDefaults = !Apply(block, XinetdPlace.Defaults, defaults);
            }
        }

        // The defaults may stand behind the services, and then count for what these do not say.
        foreach (var entry in entries)
        {
            entry.Config.FillFrom(defaults);
        }

        return (entries, defaults);
    }

    /// <summary>False for an entry that cannot be offered.</summary>
    private bool Apply(XinetdBlock block, XinetdPlace place, XinetdConfig config)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var good = true;
        foreach (var assignment in block.Assignments)
        {
            if (XinetdAttributes.ByName(assignment.Name) is not { } row || !row.Place.HasFlag(place))
            {
                Tell(Severity.Warning, block, assignment.Line, row: assignment.Name, place == XinetdPlace.Defaults ? "is no attribute of the defaults and is left out" : "is no attribute and is left out");
                continue;
            }

            if (!row.IsModifiable && !seen.Add(row.Name))
            {
                Tell(Severity.Warning, block, assignment.Line, row.Name, "was set before; the first counts");
                continue;
            }

            if (Parse(block, place, config, row, assignment) is { } problem)
            {
                Tell(Severity.Error, block, assignment.Line, row.Name, problem + (place == XinetdPlace.Service ? "; the service is not offered" : ""));
                good = false;
            }
        }

        return good;
    }

    private string? Parse(XinetdBlock block, XinetdPlace place, XinetdConfig config, XinetdAttribute row, XinetdAssignment assignment)
    {
        if (!row.IsModifiable && assignment.Operator != XinetdOperator.Set)
        {
            return "has the operator '=' only";
        }

        if (row.Count is { } count && assignment.Values.Length != count)
        {
            return $"has {assignment.Values.Length} values instead of {count}";
        }

        if (row.Name == "env" && assignment.Operator == XinetdOperator.Remove)
        {
            return "has no operator '-='";
        }

        // In the defaults everything adds up.
        var effective = place == XinetdPlace.Defaults && row.IsModifiable && assignment.Operator == XinetdOperator.Set
            ? assignment with { Operator = XinetdOperator.Add }
            : assignment;
        return row.Parse(config, effective, new XinetdContext(hosts, message => Tell(Severity.Warning, block, assignment.Line, message)));
    }

    private static SourceLine Source(XinetdBlock block) =>
        new(block.File, block.Line, $"service {block.Service} {{ {string.Join("; ", block.Assignments)} }}");

    private void Tell(Severity severity, XinetdBlock block, int line, string row, string message) =>
        Tell(severity, block, line, $"{row}: {message}.");

    private void Tell(Severity severity, XinetdBlock block, int line, string message) =>
        sink.Add(new Diagnostic(severity, null, block.File, line, null, (block.Service is { } name ? name + ": " : "") + message));
}
