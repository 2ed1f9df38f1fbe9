using System.Text;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The colon-separated texts of RootImageOptions=, MountImages= and ExtensionImages=.</summary>
internal static class Images
{
    private const ExtractFlags Tuples = ExtractFlags.Unquote | ExtractFlags.RetainEscape;
    private const ExtractFlags Parts = ExtractFlags.CUnescape | ExtractFlags.UnescapeSeparators;

    private static readonly string[] s_partitions =
    [
        "root", "root-secondary", "root-other", "usr", "usr-secondary", "usr-other", "home", "srv", "esp", "xbootldr", "swap",
        "root-verity", "root-secondary-verity", "root-other-verity", "usr-verity", "usr-secondary-verity", "usr-other-verity",
        "root-verity-sig", "root-secondary-verity-sig", "root-other-verity-sig", "usr-verity-sig", "usr-secondary-verity-sig",
        "usr-other-verity-sig", "tmp", "var",
    ];

    public static void ParseRootOptions(List<MountOptions> options, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            options.Clear();
            return;
        }

        if (Quoting.SplitWords(text, Tuples) is not { } tuples)
        {
            context.Ignore("has invalid quoting", text);
            return;
        }

        var added = new List<MountOptions>();
        foreach (var tuple in tuples)
        {
            if (Quoting.SplitWords(tuple, Parts, ":") is not ({ Count: 1 or 2 } and var parts))
            {
                context.Ignore("has invalid options", tuple);
                return;
            }

            AddOptions(added, parts.Count == 2 ? parts[0] : "root", parts[^1], context);
        }

        options.AddRange(added);
    }

    public static void Parse(List<MountImage> images, string text, bool hasDestination, ParseContext context)
    {
        if (text.Length == 0)
        {
            images.Clear();
            return;
        }

        if (Quoting.SplitWords(text, Tuples) is not { } tuples)
        {
            context.Ignore("has invalid quoting", text);
            return;
        }

        foreach (var tuple in tuples)
        {
            if (Quoting.SplitWords(tuple, Parts, ":") is not ({ Count: > 0 } and var parts))
            {
                context.Ignore("has invalid options", tuple);
                return;
            }

            if (ParseImage(parts, hasDestination, tuple, context) is { } image)
            {
                images.Add(image);
            }
        }
    }

    public static void WriteOptions(List<MountOptions> options, IValueWriter writer)
    {
        writer.BeginArray("(ss)");
        foreach (var (partition, text) in options)
        {
            writer.BeginStruct();
            writer.String(partition);
            writer.String(text);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    public static void Write(List<MountImage> images, bool hasDestination, IValueWriter writer)
    {
        writer.BeginArray(hasDestination ? "(ssba(ss))" : "(sba(ss))");
        foreach (var image in images)
        {
            writer.BeginStruct();
            writer.String(image.Source);
            if (hasDestination)
            {
                writer.String(image.Destination ?? "");
            }

            writer.Boolean(image.MissingOk);
            WriteOptions(image.Options, writer);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    public static string Format(MountOptions options) => Part(options.Partition) + ":" + Part(options.Options);

    public static string Format(MountImage image)
    {
        var text = new StringBuilder(image.MissingOk ? "-" : "").Append(Part(image.Source));
        if (image.Destination is not null)
        {
            text.Append(':').Append(Part(image.Destination));
        }

        foreach (var options in image.Options)
        {
            text.Append(':').Append(Format(options));
        }

        return text.ToString();
    }

    public static bool ReadRootOptions(IValueReader reader, List<string> texts)
    {
        var options = ReadOptions(reader);
        texts.Add(string.Join(' ', options.Select(Format)));
        return options.TrueForAll(IsSound);
    }

    public static bool Read(IValueReader reader, List<string> texts, bool hasDestination)
    {
        if (!reader.EnterArray(hasDestination ? "(ssba(ss))" : "(sba(ss))"))
        {
            return false;
        }

        var sound = true;
        while (reader.More())
        {
            reader.EnterStruct();
            var source = reader.String();
            var destination = hasDestination ? reader.String() : null;
            var missingOk = reader.Boolean();
            var options = ReadOptions(reader);
            reader.LeaveStruct();
            sound &= Paths.Check(source, PathForm.Absolute, out _) is null && options.TrueForAll(IsSound)
                && (destination is null || Paths.Check(destination, PathForm.Absolute, out _) is null);
            texts.Add(Format(new MountImage(source, destination, missingOk, options)));
        }

        reader.LeaveArray();
        if (texts.Count == 0)
        {
            texts.Add("");
        }

        return sound;
    }

    private static bool IsSound(MountOptions options) => Array.IndexOf(s_partitions, options.Partition) >= 0;

    private static List<MountOptions> ReadOptions(IValueReader reader)
    {
        var options = new List<MountOptions>();
        if (reader.EnterArray("(ss)"))
        {
            while (reader.More())
            {
                reader.EnterStruct();
                options.Add(new MountOptions(reader.String(), reader.String()));
                reader.LeaveStruct();
            }

            reader.LeaveArray();
        }

        return options;
    }

    private static MountImage? ParseImage(List<string> parts, bool hasDestination, string tuple, ParseContext context)
    {
        var optional = parts[0].StartsWith('-');
        if (!context.ExpandPath(optional ? parts[0][1..] : parts[0], out var source) || !context.SimplifyPath(ref source))
        {
            return null;
        }

        string? destination = null;
        var next = 1;
        if (hasDestination)
        {
            if (parts.Count < 2 || parts[1].Length == 0)
            {
                context.Ignore("has no destination", tuple);
                return null;
            }

            if (!context.ExpandPath(parts[1], out destination) || !context.SimplifyPath(ref destination))
            {
                return null;
            }

            next = 2;
        }

        var options = new List<MountOptions>();
        for (; next < parts.Count; next += 2)
        {
            var alone = next + 1 == parts.Count;
            AddOptions(options, alone ? "root" : parts[next], alone ? parts[next] : parts[next + 1], context);
        }

        return new MountImage(source, destination, optional, options);
    }

    private static void AddOptions(List<MountOptions> options, string partition, string text, ParseContext context)
    {
        if (Array.IndexOf(s_partitions, partition) < 0)
        {
            context.Ignore("has an unknown partition", partition);
        }
        else if (context.Expand(text, out var expanded))
        {
            options.Add(new MountOptions(partition, expanded));
        }
    }

    /// <summary>A part between colons: written so that colons, blanks and escapes come back.</summary>
    public static string Part(string text, bool quoted = false)
    {
        var escaped = WordText.EscapeSpecifiers(CEscape.Encode(text)).Replace(":", "\\:", StringComparison.Ordinal);
        return quoted || escaped.Contains(' ', StringComparison.Ordinal) ? $"\"{escaped}\"" : escaped;
    }
}
