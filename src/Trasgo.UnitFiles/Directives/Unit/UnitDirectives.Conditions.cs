using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Condition*= and Assert*=: tests that add up; an empty assignment to any of them takes back all.</summary>
internal static partial class UnitDirectives
{
    private const string ConditionWord = "Condition";
    private const string AssertWord = "Assert";

    private static readonly string[] s_pathTests =
    [
        "PathExists", "PathExistsGlob", "PathIsDirectory", "PathIsSymbolicLink", "PathIsMountPoint", "PathIsReadWrite",
        "PathIsEncrypted", "DirectoryNotEmpty", "FileNotEmpty", "FileIsExecutable", "NeedsUpdate",
    ];

    private static readonly string[] s_textTests =
    [
        "FirstBoot", "Architecture", "Firmware", "Virtualization", "Host", "KernelCommandLine", "KernelVersion", "Credential",
        "Security", "Capability", "ACPower", "Memory", "CPUFeature", "CPUs", "Environment", "User", "Group",
        "ControlGroupController", "OSRelease", "MemoryPressure", "CPUPressure", "IOPressure",
    ];

    private static List<Directive<UnitConfig>> ConditionRows()
    {
        var rows = new List<Directive<UnitConfig>>();
        foreach (var type in s_pathTests)
        {
            rows.Add(Test(ConditionWord, type, isPath: true, static c => ref c.Conditions));
            rows.Add(Test(AssertWord, type, isPath: true, static c => ref c.Asserts));
        }

        foreach (var type in s_textTests)
        {
            rows.Add(Test(ConditionWord, type, isPath: false, static c => ref c.Conditions));
            if (type is not "Firmware")
            {
                rows.Add(Test(AssertWord, type, isPath: false, static c => ref c.Asserts));
            }
        }

        rows.Add(Tests("Conditions", ConditionWord, static c => ref c.Conditions));
        rows.Add(Tests("Asserts", AssertWord, static c => ref c.Asserts));
        return rows;
    }

    private static CustomDirective<UnitConfig> Test(string word, string type, bool isPath, Field<UnitConfig, List<Condition>> field) =>
        new(Section, word + type, "", isPath ? "[|][!]PATH" : "[|][!]TEXT")
        {
            BusName = "",
            Parser = (c, text, context) => ParseTest(field(c), word + type, text, isPath, context),
            Formatter = (c, texts) => texts.AddRange(
                field(c).Where(test => string.Equals(test.Type, word + type, StringComparison.Ordinal)).Select(TestText)),
            GoodSample = isPath ? "|!/etc//passwd" : "| ! yes",
            BadSample = isPath ? "etc/passwd" : "%Z",
        };

    private static ViewDirective<UnitConfig> Tests(string bus, string word, Field<UnitConfig, List<Condition>> field) => s_rows.View(
        bus,
        "a(sbbsi)",
        (c, writer) =>
        {
            writer.BeginArray("(sbbsi)");
            for (var i = field(c).Count - 1; i >= 0; i--)
            {
                var test = field(c)[i];
                writer.BeginStruct();
                writer.String(test.Type);
                writer.Boolean(test.Trigger);
                writer.Boolean(test.Negate);
                writer.String(test.Parameter);
                writer.Int32(test.Result);
                writer.EndStruct();
            }

            writer.EndArray();
        },
        BusFlags.EmitsInvalidation | BusFlags.Transient,
        new BusSetter("a(sbbs)", (reader, section, settings) => ReadTests(reader, section, word, settings)));

    private static string TestText(Condition test) =>
        (test.Trigger ? "|" : "") + (test.Negate ? "!" : "") + WordText.EscapeSpecifiers(test.Parameter);

    private static void ParseTest(List<Condition> tests, string type, string text, bool isPath, ParseContext context)
    {
        if (text.Length == 0)
        {
            tests.Clear();
            return;
        }

        var rest = text;
        var trigger = TakeSign(ref rest, '|', skipBlanks: !isPath);
        var negate = TakeSign(ref rest, '!', skipBlanks: !isPath);
        if (isPath)
        {
            if (!context.ExpandPath(rest, out var path) || !context.SimplifyPath(ref path))
            {
                return;
            }

            rest = path;
        }
        else if (!context.Expand(rest, out rest))
        {
            return;
        }

        tests.Add(new Condition(type, rest, trigger, negate));
    }

    private static bool TakeSign(ref string text, char sign, bool skipBlanks)
    {
        if (!text.StartsWith(sign))
        {
            return false;
        }

        text = skipBlanks ? text[1..].TrimStart(Quoting.Whitespace.ToCharArray()) : text[1..];
        return true;
    }

    private static bool ReadTests(IValueReader reader, string section, string word, List<Setting> settings)
    {
        var sound = reader.EnterArray("(sbbs)");
        var any = false;
        while (sound && reader.More())
        {
            any = true;
            reader.EnterStruct();
            var name = reader.String();
            var trigger = reader.Boolean();
            var negate = reader.Boolean();
            var parameter = reader.String();
            reader.LeaveStruct();
            var type = name.StartsWith(word, StringComparison.Ordinal) ? name[word.Length..] : "";
            var isPath = Array.IndexOf(s_pathTests, type) >= 0;
            sound = (isPath || Array.IndexOf(s_textTests, type) >= 0) && parameter.Length > 0 && WordText.FitsLine(parameter)
                && (!isPath || PathText.IsAbsolute(parameter));
            settings.Add(new Setting(section, name, TestText(new Condition(name, parameter, trigger, negate))));
        }

        reader.LeaveArray();
        if (sound && !any)
        {
            settings.Add(new Setting(section, word + s_pathTests[0], ""));
        }

        return sound;
    }
}
