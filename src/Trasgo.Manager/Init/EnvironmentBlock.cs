using System.Collections;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// The manager's environment block, which every service gets and systemctl's *-environment verbs show and change. It is made of two
/// layers: what the manager starts with (a clean block for the system, its own environment for a user), and over it what clients set.
/// Variables that the manager itself hands to services by protocol are in neither, or one service's could leak into all. A value may
/// hold anything that is text, line breaks included: whoever shows it escapes it.
/// </summary>
internal sealed class EnvironmentBlock
{
    private static readonly HashSet<string> s_ofServices = new(StringComparer.Ordinal)
    {
        "CACHE_DIRECTORY", "CONFIGURATION_DIRECTORY", "CREDENTIALS_DIRECTORY", "EXIT_CODE", "EXIT_STATUS", "INVOCATION_ID",
        "JOURNAL_STREAM", "LISTEN_FDNAMES", "LISTEN_FDS", "LISTEN_PID", "LOGS_DIRECTORY", "MAINPID", "MANAGERPID", "NOTIFY_SOCKET",
        "PIDFILE", "REMOTE_ADDR", "REMOTE_PORT", "RUNTIME_DIRECTORY", "SERVICE_RESULT", "STATE_DIRECTORY", "WATCHDOG_PID", "WATCHDOG_USEC",
    };

    private List<string> _own;
    private List<string> _clients = [];

    public EnvironmentBlock(IEnumerable<string> own)
    {
        _own = Sanitized(own);
        Assignments = _own;
    }

    /// <summary>Both layers, as services get them.</summary>
    public IReadOnlyList<string> Assignments { get; private set; }

    /// <summary>What the manager itself contributes; generators get only this.</summary>
    public IReadOnlyList<string> OwnAssignments => _own;

    /// <summary>What clients set, for the state that survives a re-execution.</summary>
    public IReadOnlyList<string> ClientAssignments => _clients;

    public static EnvironmentBlock ForManager(RuntimeScope scope) => new(InitEnvironment.Of(scope));

    /// <summary>This process's own variables.</summary>
    public static Dictionary<string, string> Own()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }

    public static bool AreAssignments(IReadOnlyList<string> texts) => texts.All(NameRules.IsEnvironmentAssignment);

    public static bool AreNamesOrAssignments(IReadOnlyList<string> texts) =>
        texts.All(static text => NameRules.IsEnvironmentName(text) || NameRules.IsEnvironmentAssignment(text));

    /// <summary>Starts the manager's layer anew, as daemon-reload does; what clients set stays.</summary>
    public void ResetOwn(IEnumerable<string> own)
    {
        _own = Sanitized(own);
        Assignments = Merged(_own, _clients);
    }

    /// <summary>Adds to the manager's layer: what environment generators print.</summary>
    public void AddOwn(IEnumerable<string> assignments) => ResetOwn(Merged(_own, assignments));

    /// <summary>
    /// Takes away, by name or by exact assignment, and then sets, in the clients' layer. Returns systemd's message where one
    /// of the texts is not acceptable, and then changes nothing.
    /// </summary>
    public string? Change(IReadOnlyList<string> remove, IReadOnlyList<string> set)
    {
        if (!AreAssignments(set))
        {
            return "Invalid environment assignments";
        }

        if (!AreNamesOrAssignments(remove))
        {
            return "Invalid environment variable names or assignments";
        }

        var left = _clients.FindAll(assignment => !remove.Any(pattern => IsMeant(pattern, assignment)));
        _clients = Sanitized(Merged(left, set));
        Assignments = Merged(_own, _clients);
        return null;
    }

    private static bool IsMeant(string pattern, string assignment) =>
        pattern.Contains('=', StringComparison.Ordinal)
            ? pattern == assignment
            : assignment.Length > pattern.Length && assignment[pattern.Length] == '=' && assignment.StartsWith(pattern, StringComparison.Ordinal);

    private static List<string> Sanitized(IEnumerable<string> assignments)
    {
        var list = assignments.Where(static a => NameRules.IsEnvironmentAssignment(a) && !s_ofServices.Contains(NameOf(a))).ToList();
        list.Sort(StringComparer.Ordinal);
        return list;
    }

    /// <summary>The later assignment of a name wins, in the place of the first.</summary>
    private static List<string> Merged(IEnumerable<string> first, IEnumerable<string> second)
    {
        var merged = new List<string>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var assignment in first.Concat(second))
        {
            if (places.TryGetValue(NameOf(assignment), out var place))
            {
                merged[place] = assignment;
            }
            else
            {
                places.Add(NameOf(assignment), merged.Count);
                merged.Add(assignment);
            }
        }

        return merged;
    }

    private static string NameOf(string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? assignment : assignment[..equals];
    }
}
