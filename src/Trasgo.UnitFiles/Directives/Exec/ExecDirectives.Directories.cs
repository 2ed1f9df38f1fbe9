using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Directories that are made for a unit.</summary>
internal static partial class ExecDirectives
{
    private static Directive<ExecConfig>[] DirectoryRows() =>
    [
        Symlinks("RuntimeDirectory", static c => ref c.RuntimeDirectory),
        s_rows.Of("RuntimeDirectoryPreserve", Value.Enum(ExecWords.PreserveMode, booleans: true, PreserveMode.Yes, PreserveMode.No),
            static c => ref c.RuntimeDirectoryPreserve),
        .. Directory("RuntimeDirectory", static c => ref c.RuntimeDirectory),
        Symlinks("StateDirectory", static c => ref c.StateDirectory),
        .. Directory("StateDirectory", static c => ref c.StateDirectory),
        Symlinks("CacheDirectory", static c => ref c.CacheDirectory),
        .. Directory("CacheDirectory", static c => ref c.CacheDirectory),
        Symlinks("LogsDirectory", static c => ref c.LogsDirectory),
        .. Directory("LogsDirectory", static c => ref c.LogsDirectory),
        .. Directory("ConfigurationDirectory", static c => ref c.ConfigurationDirectory),
        s_rows.Of("TimeoutCleanSec", Value.Duration, static c => ref c.TimeoutClean, "TimeoutCleanUSec",
            Enforcement.Ignored("units are not cleaned yet")),
    ];

    private static Directive<ExecConfig>[] Directory(string name, Field<ExecConfig, ExecDirectory> field) =>
    [
        s_rows.Of(name + "Mode", Value.Mode, c => ref field(c).Mode),
        new CustomDirective<ExecConfig>("", name, "as", "PATH[:LINK] ...")
        {
            Parser = (c, text, context) => ParseDirectories(field(c), text, allowLink: name[0] != 'C' || name[1] != 'o', context),
            Writer = (c, writer) => BusLists.Write(writer, field(c).Items.Select(static item => item.Path)),
            Formatter = (c, texts) => texts.AddRange(["", .. field(c).Items.SelectMany(DirectoryTexts)]),
            Reader = static (reader, texts) =>
            {
                var paths = BusLists.Strings(reader);
                texts.Add(string.Join(' ', paths.Select(static path => Images.Part(path, quoted: true))));
                return paths.TrueForAll(static path => Paths.Check(path, PathForm.Relative, out _) is null && !Paths.StartsWith(path, "private"));
            },
            GoodSample = "a//b c",
            BadSample = "/absolute",
        },
    ];

    private static ViewDirective<ExecConfig> Symlinks(string name, Field<ExecConfig, ExecDirectory> field) => s_rows.View(
        name + "Symlink",
        "a(sst)",
        (c, writer) =>
        {
            writer.BeginArray("(sst)");
            foreach (var item in field(c).Items)
            {
                foreach (var link in item.Symlinks)
                {
                    writer.BeginStruct();
                    writer.String(item.Path);
                    writer.String(link);
                    writer.UInt64(0);
                    writer.EndStruct();
                }
            }

            writer.EndArray();
        },
        set: new BusSetter("a(sst)", (reader, section, settings) => ReadSymlinks(reader, section, name, settings)));

    private static IEnumerable<string> DirectoryTexts(ExecDirectoryItem item) => item.Symlinks.Count == 0
        ? [Images.Part(item.Path)]
        : item.Symlinks.Select(link => $"{Images.Part(item.Path)}:{Images.Part(link)}");

    private static bool ReadSymlinks(IValueReader reader, string section, string name, List<Setting> settings)
    {
        var sound = reader.EnterArray("(sst)");
        while (sound && reader.More())
        {
            reader.EnterStruct();
            var path = reader.String();
            var link = reader.String();
            sound = reader.UInt64() == 0 && Paths.Check(path, PathForm.Relative, out _) is null && Paths.Check(link, PathForm.Relative, out _) is null;
            reader.LeaveStruct();
            settings.Add(new Setting(section, name, $"{Images.Part(path)}:{Images.Part(link)}"));
        }

        reader.LeaveArray();
        return sound;
    }

    private static void ParseDirectories(ExecDirectory directory, string text, bool allowLink, ParseContext context)
    {
        if (text.Length == 0)
        {
            directory.Items.Clear();
            return;
        }

        if (Quoting.SplitWords(text, ExtractFlags.Unquote | ExtractFlags.RetainEscape) is not { } tuples)
        {
            context.Ignore("has invalid quoting", text);
            return;
        }

        foreach (var tuple in tuples)
        {
            var parts = Quoting.SplitWords(tuple, ExtractFlags.CUnescape | ExtractFlags.UnescapeSeparators, ":");
            if (parts is not { Count: 1 or 2 })
            {
                context.Ignore("has an invalid path", tuple);
                return;
            }

            AddDirectory(directory, parts[0], parts.Count == 2 ? parts[1] : "", allowLink, context);
        }
    }

    private static void AddDirectory(ExecDirectory directory, string part, string linkPart, bool allowLink, ParseContext context)
    {
        if (!context.ExpandPath(part, out var path) || !context.SimplifyPath(ref path, PathForm.Relative))
        {
            return;
        }

        // The real directories of dynamic users lie there.
        if (Paths.StartsWith(path, "private"))
        {
            context.Ignore("must not be below private/", path);
            return;
        }

        string? link = null;
        if (linkPart.Length > 0)
        {
            if (!allowLink)
            {
                context.Ignore("takes no link", linkPart);
                return;
            }

            if (!context.ExpandPath(linkPart, out link) || !context.SimplifyPath(ref link, PathForm.Relative))
            {
                return;
            }
        }

        var item = directory.Items.Find(known => string.Equals(known.Path, path, StringComparison.Ordinal));
        if (item is null)
        {
            item = new ExecDirectoryItem(path, []);
            directory.Items.Add(item);
        }

        if (link is not null)
        {
            item.Symlinks.Add(link);
        }
    }
}
