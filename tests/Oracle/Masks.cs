using System.Text.RegularExpressions;

namespace Trasgo.Oracle;

/// <summary>
/// Takes out of a text what differs between two runs of the same manager: times, process numbers, identifiers, usage, and the
/// lines of the log, which belong to the journal and not to the manager. Whether this is enough shows when systemd is compared with
/// itself; it must not take out more.
/// </summary>
internal static partial class Masks
{
    public static string Apply(string text)
    {
        text = Log().Replace(text, "");
        text = Date().Replace(text, "<date>");
        text = Ago().Replace(text, "<span> $1");
        text = Elapsed().Replace(text, "$1<span>");
        text = NumberedProperty().Replace(text, "$1=<number>");
        text = Identifier().Replace(text, "$1=<id>");
        text = ProcessNumber().Replace(text, "$1<pid>");
        text = TreeProcess().Replace(text, "$1<pid> ");
        text = Usage().Replace(text, usage => usage.Groups[1].Value + Figure().Replace(usage.Groups[2].Value, "<figure>"));
        text = OwnGroup().Replace(text, "");
        text = Started().Replace(text, "$1<date>");
        text = JobNumber().Replace(text, "<job>");
        text = JobColumn().Replace(text, "JOB ");
        text = JobLines().Replace(text, match => string.Concat(match.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Select(line => line + "\n")));
        text = NameSet().Replace(text, match => match.Groups[1].Value + "=" + string.Join(' ', match.Groups[2].Value.Split(' ').Order(StringComparer.Ordinal)));
        return Blank().Replace(text.TrimEnd(), "\n\n");
    }

    /// <summary>Lines of the log, what is said about the log, and the empty line between them and the unit that they belong to.</summary>
    [GeneratedRegex(
        @"(?:^\n)?(?:^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ |(?:Warning|Notice): (?:The )?journal has been rotated since)[^\n]*\n?)+",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Log();

    [GeneratedRegex(@"[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? [A-Z]+")]
    private static partial Regex Date();

    [GeneratedRegex(@"(?:\d+(?:\.\d+)?(?:y|month|months|w|day|days|h|min|s|ms|us) ?)+ ?(ago|left)")]
    private static partial Regex Ago();

    [GeneratedRegex(@"(Duration: |after |last )(?:\d+(?:\.\d+)?(?:h|min|s|ms|us) ?)+")]
    private static partial Regex Elapsed();

    [GeneratedRegex(@"^((?:Exec)?(?:Main|Control)PID|\w*Timestamp(?:Monotonic)?|MemoryCurrent|MemoryAvailable|CPUUsageNSec|TasksCurrent|ControlGroupId|IO\w+(?:Bytes|Operations)|IP\w+(?:Bytes|Packets)|StateChange\w+|\w+USecMonotonic)=(?!0?$)[^\n]+", RegexOptions.Multiline)]
    private static partial Regex NumberedProperty();

    [GeneratedRegex(@"\b(InvocationID|INVOCATION_ID)=[0-9a-f]{32}")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"((?:Main PID|Process|Cntrl PID|pid|MAINPID|PID)[:=] ?)[1-9]\d*")]
    private static partial Regex ProcessNumber();

    [GeneratedRegex(@"((?:├─|└─|‣) *)\d+ ")]
    private static partial Regex TreeProcess();

    /// <summary>What a unit uses: the figures differ, that they are shown does not.</summary>
    [GeneratedRegex(@"^( *(?:Memory|CPU|Tasks|IO|IP): )([^\n]+)$", RegexOptions.Multiline)]
    private static partial Regex Usage();

    [GeneratedRegex(@"\d[\d.]*(?:[BKMGT]|us|ms|s|min|h)?(?: \d[\d.]*(?:us|ms|s|min|h))*")]
    private static partial Regex Figure();

    [GeneratedRegex(@"((?:start_time|stop_time)=)\[(?!n/a)[^\]]*\]")]
    private static partial Regex Started();

    [GeneratedRegex(@"^ *\d+ *(?= \S+\.\w+ +(?:start|stop|restart|reload|verify-active|try-restart|nop)\b)|(?<=^Job(?:=| )|anchor job )\d+(?!$)", RegexOptions.Multiline)]
    private static partial Regex JobNumber();

    /// <summary>Beside another PID 1 Trasgo keeps its units in a group of its own, since several managers may stand in one place.</summary>
    [GeneratedRegex(@"/trasgo-\d+(?=/|$)", RegexOptions.Multiline)]
    private static partial Regex OwnGroup();

    /// <summary>The column is as wide as the longest number in it.</summary>
    [GeneratedRegex(@"^JOB +(?=UNIT )", RegexOptions.Multiline)]
    private static partial Regex JobColumn();

    /// <summary>Sets of units and of addresses are printed in the order of a hash table.</summary>
    [GeneratedRegex(@"^(After|Before|\w*(?:Wants|Require[sd]|Requisite|Wanted|Binds|Bound|PartOf|Consists|Conflict|Uph[eo]l|OnFailure|OnSuccess|Propagat|Trigger|Joins|Slice)\w*|Names|Following|IPAddress(?:Allow|Deny))=(\S+ [^\n]+)$", RegexOptions.Multiline)]
    private static partial Regex NameSet();

    [GeneratedRegex(@"(?:^ *<job> [^\n]*\n){2,}", RegexOptions.Multiline)]
    private static partial Regex JobLines();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Blank();
}
