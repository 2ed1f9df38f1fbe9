using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Path] section: systemd.path(5), in the order of the properties.</summary>
internal static class PathDirectives
{
    public const string Section = "Path";

    private static readonly Rows<PathConfig> s_rows = new(Section);

    private static DirectiveTable<PathConfig>? s_table;

    public static DirectiveTable<PathConfig> Table => s_table ??= new(
    [
        TriggerUnits.Row<PathConfig>(Section, static c => ref c.TriggerUnit),
        s_rows.View("Paths", "a(ss)", WritePaths, set: new BusSetter("a(ss)", ReadPaths)),
        .. PathRows(),
        s_rows.Of("MakeDirectory", Value.Boolean, static c => ref c.MakeDirectory),
        s_rows.Of("DirectoryMode", Value.Mode, static c => ref c.DirectoryMode),
        s_rows.Of("TriggerLimitIntervalSec", Value.Duration, static c => ref c.TriggerLimitInterval, "TriggerLimitIntervalUSec"),
        s_rows.Of("TriggerLimitBurst", Value.Unsigned, static c => ref c.TriggerLimitBurst),
    ]);

    private static IEnumerable<Directive<PathConfig>> PathRows()
    {
        foreach (var name in PathWords.PathKind.Names)
        {
            yield return new CustomDirective<PathConfig>(Section, name, "", "PATH")
            {
                BusName = "",
                Parser = (c, text, context) => ParsePath(c, name, text, context),
                Formatter = (c, texts) => texts.AddRange(
                    c.Paths.Where(p => PathWords.PathKind.Name(p.Kind) == name).Select(static p => WordText.EscapeSpecifiers(p.Path))),
                GoodSample = "/etc//passwd",
                BadSample = "etc/passwd",
            };
        }
    }

    private static void ParsePath(PathConfig config, string name, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.Paths.Clear();
        }
        else if (PathWords.PathKind.TryParse(name, out var kind) && context.ExpandPath(text, out var path) && context.SimplifyPath(ref path))
        {
            config.Paths.Add(new PathSpec(kind, path));
        }
    }

    private static void WritePaths(PathConfig config, IValueWriter writer)
    {
        writer.BeginArray("(ss)");
        for (var i = config.Paths.Count - 1; i >= 0; i--)
        {
            writer.BeginStruct();
            writer.String(PathWords.PathKind.Name(config.Paths[i].Kind));
            writer.String(config.Paths[i].Path);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    private static bool ReadPaths(IValueReader reader, string section, List<Setting> settings)
    {
        var sound = reader.EnterArray("(ss)");
        var any = false;
        while (sound && reader.More())
        {
            any = true;
            reader.EnterStruct();
            var name = reader.String();
            var path = reader.String();
            reader.LeaveStruct();
            sound = PathWords.PathKind.TryParse(name, out _) && Paths.Check(path, PathForm.Absolute, out _) is null && WordText.FitsLine(path);
            settings.Add(new Setting(section, name, WordText.EscapeSpecifiers(path)));
        }

        reader.LeaveArray();
        if (sound && !any)
        {
            settings.Add(new Setting(section, PathWords.PathKind.Names[0], ""));
        }

        return sound;
    }
}
