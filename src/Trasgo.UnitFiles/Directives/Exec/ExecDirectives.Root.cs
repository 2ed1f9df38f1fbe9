using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Where processes start, and the images their root comes from.</summary>
internal static partial class ExecDirectives
{
    private static Directive<ExecConfig>[] RootRows() =>
    [
        new CustomDirective<ExecConfig>("", "WorkingDirectory", "s", "[-]PATH|~")
        {
            Parser = ParseWorkingDirectory,
            Writer = static (c, writer) => writer.String((c.WorkingDirectory.MissingOk ? "!" : "") + WorkingDirectoryText(c)),
            Formatter = static (c, texts) => texts.Add((c.WorkingDirectory.MissingOk ? "-" : "") + WordText.EscapeSpecifiers(WorkingDirectoryText(c))),
            Reader = static (reader, texts) =>
            {
                var text = reader.String();
                var path = text.StartsWith('-') ? text[1..] : text;
                texts.Add(WordText.EscapeSpecifiers(text));
                return text.Length == 0 || path is "~" || (Paths.Check(path, PathForm.Absolute, out _) is null && WordText.FitsLine(path));
            },
            GoodSample = "-/srv//www",
            BadSample = "www",
        },
        s_rows.Of("RootDirectory", Value.FatalPath, static c => ref c.RootDirectory,
            enforcement: Enforcement.Emulated("by chroot, without a mount namespace")),
        s_rows.Of("RootImage", Value.FatalPath, static c => ref c.RootImage, enforcement: Enforcement.Images),
        new CustomDirective<ExecConfig>("", "RootImageOptions", "a(ss)", "[PARTITION:]OPTIONS ...")
        {
            Parser = static (c, text, context) => Images.ParseRootOptions(c.RootImageOptions, text, context),
            Writer = static (c, writer) => Images.WriteOptions(c.RootImageOptions, writer),
            Formatter = static (c, texts) => texts.AddRange(["", .. c.RootImageOptions.Select(Images.Format)]),
            Reader = Images.ReadRootOptions,
            Enforcement = Enforcement.Images,
            GoodSample = "root:ro,noatime usr:ro",
            BadSample = "attic:ro",
        },
        Hash("RootHash", "HEX|PATH", static c => ref c.RootHash, static c => ref c.RootHashPath, base64: false),
        s_rows.View("RootHashPath", "s", static (c, writer) => writer.String(c.RootHashPath ?? ""), set: PathSetter("RootHash")),
        Hash("RootHashSignature", "base64:DATA|PATH", static c => ref c.RootHashSignature, static c => ref c.RootHashSignaturePath, base64: true),
        s_rows.View("RootHashSignaturePath", "s", static (c, writer) => writer.String(c.RootHashSignaturePath ?? ""), set: PathSetter("RootHashSignature")),
        s_rows.Of("RootVerity", Value.FatalPath, static c => ref c.RootVerity, enforcement: Enforcement.Images),
        s_rows.Of("ExtensionDirectories", Value.NamespacePaths, static c => ref c.ExtensionDirectories, enforcement: Enforcement.Images),
        Image("ExtensionImages", "a(sba(ss))", "[-]PATH[:PARTITION:OPTIONS...] ...", static c => ref c.ExtensionImages, hasDestination: false),
        Image("MountImages", "a(ssba(ss))", "[-]PATH:PATH[:PARTITION:OPTIONS...] ...", static c => ref c.MountImages, hasDestination: true),
    ];

    private static CustomDirective<ExecConfig> Image(
        string name, string signature, string syntax, Field<ExecConfig, List<MountImage>> field, bool hasDestination) => new("", name, signature, syntax)
        {
            Parser = (c, text, context) => Images.Parse(field(c), text, hasDestination, context),
            Writer = (c, writer) => Images.Write(field(c), hasDestination, writer),
            Formatter = (c, texts) => texts.AddRange(["", .. field(c).Select(Images.Format)]),
            Reader = (reader, texts) => Images.Read(reader, texts, hasDestination),
            Enforcement = Enforcement.Images,
            GoodSample = hasDestination ? "-/var/lib/a.raw:/srv:root:ro" : "-/var/lib/a.raw:root:ro",
            BadSample = "a.raw:/srv",
        };

    private static CustomDirective<ExecConfig> Hash(
        string name, string syntax, Field<ExecConfig, byte[]?> hash, Field<ExecConfig, string?> path, bool base64) => new("", name, "ay", syntax)
        {
            Parser = (c, text, context) => ParseHash(ref hash(c), ref path(c), text, base64, context),
            Writer = (c, writer) => BusLists.Write(writer, hash(c)),
            Formatter = (c, texts) => texts.Add(path(c) ?? (hash(c) is { } bytes ? HashText(bytes, base64) : "")),
            Reader = (reader, texts) =>
            {
                var bytes = BusLists.Bytes(reader);
                texts.Add(bytes.Length == 0 ? "" : HashText(bytes, base64));
                return true;
            },
            Enforcement = Enforcement.Images,
            GoodSample = base64 ? "base64:AAECAwQFBgcICQoLDA0ODw==" : "000102030405060708090a0b0c0d0e0f",
            BadSample = "0x17",
        };

    private static BusSetter PathSetter(string name) => new("s", (reader, section, settings) =>
    {
        var path = reader.String();
        settings.Add(new Setting(section, name, path));
        return PathText.IsAbsolute(path) && WordText.FitsLine(path);
    });

    private static string HashText(byte[] bytes, bool base64) =>
        base64 ? "base64:" + Convert.ToBase64String(bytes) : Convert.ToHexString(bytes).ToLowerInvariant();

    private static void ParseHash(ref byte[]? hash, ref string? path, string text, bool base64, ParseContext context)
    {
        if (text.Length == 0 || PathText.IsAbsolute(text))
        {
            path = text.Length == 0 ? null : text;
            hash = null;
            return;
        }

        var bytes = base64
            ? text.StartsWith("base64:", StringComparison.Ordinal) ? Encoded.TryBase64(text["base64:".Length..]) : null
            : Encoded.TryHex(text);
        if (bytes is null || (!base64 && bytes.Length < 16))
        {
            context.Ignore(base64 ? "is neither a path nor valid Base64 data" : "is neither a path nor a valid hash", text);
            return;
        }

        hash = bytes;
        path = null;
    }

    private static string WorkingDirectoryText(ExecConfig config) => config.WorkingDirectory.Home ? "~" : config.WorkingDirectory.Path ?? "";

    private static void ParseWorkingDirectory(ExecConfig config, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.WorkingDirectory = config.WorkingDirectory with { Path = null, Home = false };
            return;
        }

        var optional = text.StartsWith('-');
        var rest = optional ? text[1..] : text;
        if (rest is "~")
        {
            config.WorkingDirectory = new WorkingDirectory(Path: null, Home: true, optional);
        }
        else if (!context.TryExpand(rest, out var path, out var problem, PathText.MaxPath))
        {
            context.FailUnless(optional, problem, rest);
        }
        else if (context.SimplifyPath(ref path, PathForm.Absolute, (what, which) => context.FailUnless(optional, what, which)))
        {
            config.WorkingDirectory = new WorkingDirectory(path, Home: false, optional);
        }
    }
}
