using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>Texts and paths, alone and in lists.</summary>
internal static partial class Value
{
    private const string BadSpecifier = "%Z";

    public static readonly ValueKind<string?> String = new TextKind("STRING", "some text", BadSpecifier);

    /// <summary>Words for people.</summary>
    public static readonly ValueKind<string?> Description = new TextKind("STRING", "some text", BadSpecifier) { JoinsLines = true };

    /// <summary>Without specifiers.</summary>
    public static readonly ValueKind<string?> PlainString = new TextKind("STRING", "some-text", bad: null) { Expands = false };

    /// <summary>Without specifiers, quotes, backslashes and control characters.</summary>
    public static readonly ValueKind<string?> SafeString = new TextKind("STRING", "some-text", "a\\b", NameRules.IsSafeString) { Expands = false };

    public static readonly ValueKind<string?> Path = new PathValueKind(fatal: false);

    /// <summary>As RootDirectory=: a bad path makes the unit bad-setting.</summary>
    public static readonly ValueKind<string?> FatalPath = new PathValueKind(fatal: true);

    /// <summary>User=, Group=: a bad name makes the unit bad-setting, lest a process run as root (CVE-2017-1000082).</summary>
    public static readonly ValueKind<string?> UserName = new TextKind("USER", "www-data", "no:body", NameRules.IsUserOrGroup)
    {
        Fatal = true,
        Expected = "is not a valid user or group name",
    };

    public static readonly ValueKind<string?> RebootArgument = new TextKind("STRING", "bootloader", "\u00e9", NameRules.IsRebootArgument);

    public static readonly ValueKind<string?> BusName = new TextKind("BUSNAME", "org.example.Daemon", "not a name", NameRules.IsBusName)
    {
        MaxLength = 255,
        Expected = "is not a valid bus name",
    };

    public static readonly ValueKind<string?> DescriptorName = new TextKind("NAME", "input", "a:b", NameRules.IsDescriptorName)
    {
        MaxLength = 255,
        Expected = "is not a valid name of a file descriptor",
    };

    public static readonly ValueKind<string?> LogNamespace = new TextKind("NAME", "quiet", "a/b", NameRules.IsLogNamespace)
    {
        MaxLength = 255,
        Expected = "is not a valid journal namespace",
    };

    /// <summary>BindToDevice=; "*" is the same as nothing.</summary>
    public static readonly ValueKind<string?> InterfaceName = new ScalarKind<string?>(
        "s", "INTERFACE", "eth0", "all",
        static (string text, out string? value) =>
        {
            value = text is "*" ? null : text;
            return value is null || NameRules.IsInterface(value);
        },
        static value => value ?? "",
        static (value, writer) => writer.String(value ?? ""),
        static reader => reader.String() is { Length: > 0 } name ? name : null)
    {
        EmptyResets = true,
        Expected = "is not a valid interface name",
    };

    /// <summary>Paths with specifiers; one bad path ends the line.</summary>
    public static readonly ValueKind<List<string>> PathList = MakePathList(ExtractFlags.Unquote, Quoting.Whitespace);

    /// <summary>ExecSearchPath=</summary>
    public static readonly ValueKind<List<string>> ColonPathList = MakePathList(ExtractFlags.DontCoalesceSeparators, ":");

    /// <summary>ReadWritePaths= and its kin: each path may stand behind "-" and "+".</summary>
    public static readonly ValueKind<List<string>> NamespacePaths = new ListKind("PATH ...", "-/srv /var//lib +/opt", "relative", ExtractFlags.Unquote)
    {
        AlwaysQuotes = true,
        Item = static (word, context) =>
        {
            var ignore = word.StartsWith('-') ? "-" : "";
            var rest = word[ignore.Length..];
            var prefix = rest.StartsWith('+') ? "+" : "";
            return context.ExpandPath(rest[prefix.Length..], out var path) && context.SimplifyPath(ref path) ? ignore + prefix + path : null;
        },
        IsValid = static item => Paths.Check(item.TrimStart('-').TrimStart('+'), PathForm.Absolute, out _) is null,
    };

    /// <summary>IPIngressFilterPath=: one path a line, each once.</summary>
    public static readonly ValueKind<List<string>> UniquePaths = new ListKind("PATH", "/sys/fs/bpf/filter", "relative", ExtractFlags.RetainEscape)
    {
        Separators = "\n",
        Item = static (word, context) => context.ExpandPath(word, out var path) && context.SimplifyPath(ref path) ? path : null,
        Add = AddOnce,
        IsValid = static item => Paths.Check(item, PathForm.Absolute, out _) is null,
    };

    public static readonly ValueKind<List<string>> UserNames = new ListKind("USER ...", "adm audio", "no:body", ExtractFlags.None)
    {
        Fatal = true,
        Item = static (word, context) =>
        {
            var sound = context.TryExpand(word, out var name, out var problem);
            if (!sound || !NameRules.IsUserOrGroup(name))
            {
                context.Fail(sound ? "is not a valid user or group name" : problem, word);
                return null;
            }

            return name;
        },
        IsValid = NameRules.IsUserOrGroup,
    };

    public static readonly ValueKind<List<string>> Documentation = new ListKind(
        "URL ...", "man:cron(8) https://example.com/", "ftp://example.com/", ExtractFlags.Unquote | ExtractFlags.RetainEscape)
    {
        ExpandsLine = true,
        Item = static (url, context) =>
        {
            if (!NameRules.IsDocumentationUrl(url))
            {
                context.Ignore("is not a valid URL", url);
                return null;
            }

            return url;
        },
        IsValid = NameRules.IsDocumentationUrl,
    };

    public static readonly ValueKind<List<string>> PassEnvironment = new ListKind("NAME ...", "LANG TERM", "1ST", ExtractFlags.Unquote)
    {
        AlwaysQuotes = true,
        Item = static (word, context) => EnvironmentItem(word, context, NameRules.IsEnvironmentName),
        Add = AddOnce,
        IsValid = NameRules.IsEnvironmentName,
    };

    public static readonly ValueKind<List<string>> UnsetEnvironment = new ListKind(
        "NAME|ASSIGNMENT ...", "LANG TERM=dumb", "1ST", ExtractFlags.CUnescape | ExtractFlags.Unquote)
    {
        Item = static (word, context) => EnvironmentItem(word, context, IsNameOrAssignment),
        Add = AddOnce,
        IsValid = IsNameOrAssignment,
    };

    public static readonly ValueKind<List<string>> Environment = new ListKind(
        "ASSIGNMENT ...", "A=1 \"B=2 3\" A=4", "1ST=x", ExtractFlags.CUnescape | ExtractFlags.Unquote)
    {
        Item = static (word, context) => EnvironmentItem(word, context, NameRules.IsEnvironmentAssignment),
        Add = AssignmentPlaces.Replace,
        IsValid = NameRules.IsEnvironmentAssignment,
    };

    private static string? EnvironmentItem(string word, Directives.ParseContext context, Func<string, bool> rule)
    {
        if (!context.Expand(word, out var item))
        {
            return null;
        }

        if (!rule(item))
        {
            context.Ignore("has an invalid environment variable", item);
            return null;
        }

        return item;
    }

    private static bool IsNameOrAssignment(string text) => NameRules.IsEnvironmentName(text) || NameRules.IsEnvironmentAssignment(text);

    private static void AddOnce(List<string> list, string item)
    {
        if (!list.Contains(item, StringComparer.Ordinal))
        {
            list.Add(item);
        }
    }

    private static ListKind MakePathList(ExtractFlags flags, string separators) => new(
        separators == ":" ? "PATH[:PATH...]" : "PATH ...", separators == ":" ? "/usr/games:/opt//bin" : "/srv /var//lib", "relative", flags)
    {
        Separators = separators,
        StopsAtBadItem = true,
        Item = static (word, context) => context.ExpandPath(word, out var path) && context.SimplifyPath(ref path) ? path : null,
        IsValid = static item => Paths.Check(item, PathForm.Absolute, out _) is null,
    };
}
