using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>What processes see of the file system and the kernel.</summary>
internal static partial class ExecDirectives
{
    private static Directive<ExecConfig>[] NamespaceRows() =>
    [
        .. SandboxPaths("ReadWritePaths", "ReadWriteDirectories", static c => ref c.ReadWritePaths),
        .. SandboxPaths("ReadOnlyPaths", "ReadOnlyDirectories", static c => ref c.ReadOnlyPaths),
        .. SandboxPaths("InaccessiblePaths", "InaccessibleDirectories", static c => ref c.InaccessiblePaths),
        s_rows.Of("ExecPaths", Value.NamespacePaths, static c => ref c.ExecPaths, enforcement: Enforcement.Sandboxing),
        s_rows.Of("NoExecPaths", Value.NamespacePaths, static c => ref c.NoExecPaths, enforcement: Enforcement.Sandboxing),
        s_rows.Of("ExecSearchPath", Value.ColonPathList, static c => ref c.ExecSearchPath),
        s_rows.Of("MountFlags", Value.MountPropagation, static c => ref c.MountFlags, enforcement: Enforcement.Sandboxing),
        Sandbox("PrivateTmp", static c => ref c.PrivateTmp),
        Sandbox("PrivateDevices", static c => ref c.PrivateDevices),
        Sandbox("ProtectClock", static c => ref c.ProtectClock),
        Sandbox("ProtectKernelTunables", static c => ref c.ProtectKernelTunables),
        Sandbox("ProtectKernelModules", static c => ref c.ProtectKernelModules),
        Sandbox("ProtectKernelLogs", static c => ref c.ProtectKernelLogs),
        Sandbox("ProtectControlGroups", static c => ref c.ProtectControlGroups),
        Sandbox("PrivateNetwork", static c => ref c.PrivateNetwork),
        Sandbox("PrivateUsers", static c => ref c.PrivateUsers),
        Sandbox("PrivateMounts", static c => ref c.PrivateMounts),
        Sandbox("PrivateIPC", static c => ref c.PrivateIpc),
        s_rows.Of("ProtectHome", Value.Enum(ExecWords.ProtectHome, booleans: true, ProtectHome.Yes, ProtectHome.No),
            static c => ref c.ProtectHome, enforcement: Enforcement.Sandboxing),
        s_rows.Of("ProtectSystem", Value.Enum(ExecWords.ProtectSystem, booleans: true, ProtectSystem.Yes, ProtectSystem.No),
            static c => ref c.ProtectSystem, enforcement: Enforcement.Sandboxing),
        s_rows.View("SameProcessGroup", "b", static (c, writer) => writer.Boolean(c.SameProcessGroup)),
    ];

    private static FieldDirective<ExecConfig, bool> Sandbox(string name, Field<ExecConfig, bool> field) =>
        s_rows.Of(name, Value.Boolean, field, enforcement: Enforcement.Sandboxing);

    private static Directive<ExecConfig>[] SandboxPaths(string name, string legacy, Field<ExecConfig, List<string>> field)
    {
        var row = s_rows.Of(name, Value.NamespacePaths, field, enforcement: Enforcement.Sandboxing);
        return [row, new AliasDirective<ExecConfig>(legacy, row) { BusName = legacy, BusFlags = BusFlags.Const | BusFlags.Hidden }];
    }

    private static Directive<ExecConfig>[] MountRows() =>
    [
        Bind("BindPaths", readOnly: false),
        Bind("BindReadOnlyPaths", readOnly: true),
        new CustomDirective<ExecConfig>("", "TemporaryFileSystem", "a(ss)", "PATH[:OPTIONS] ...")
        {
            Parser = ParseTemporary,
            Writer = static (c, writer) => Images.WriteOptions([.. c.TemporaryFileSystems.Select(static t => new MountOptions(t.Path, t.Options))], writer),
            Formatter = static (c, texts) => texts.AddRange(["", .. c.TemporaryFileSystems.Select(static t => TemporaryText(t.Path, t.Options))]),
            Reader = ReadTemporary,
            Enforcement = Enforcement.Sandboxing,
            GoodSample = "/var:ro,mode=0755 /srv",
            BadSample = "srv",
        },
        s_rows.Of("MountAPIVFS", Value.OptionalBoolean, static c => ref c.MountApiVfs, enforcement: Enforcement.Sandboxing,
            show: static (c, writer) => writer.Boolean(c.MountApiVfs ?? (c.RootImage is not null || c.RootDirectory is not (null or "/")))),
    ];

    private static CustomDirective<ExecConfig> Bind(string name, bool readOnly) => new("", name, "a(ssbt)", "[-]PATH[:PATH[:OPTIONS]] ...")
    {
        Parser = (c, text, context) => ParseBinds(c, text, readOnly, context),
        Writer = (c, writer) =>
        {
            writer.BeginArray("(ssbt)");
            foreach (var bind in c.BindMounts.Where(b => b.ReadOnly == readOnly))
            {
                writer.BeginStruct();
                writer.String(bind.Source);
                writer.String(bind.Destination);
                writer.Boolean(bind.MissingOk);
                writer.UInt64(bind.Recursive ? BindRecursive : 0);
                writer.EndStruct();
            }

            writer.EndArray();
        },
        Formatter = (c, texts) => texts.AddRange(c.BindMounts.Where(b => b.ReadOnly == readOnly).Select(BindText)),
        Reader = (reader, texts) => ReadBinds(reader, texts, readOnly),
        Enforcement = Enforcement.Sandboxing,
        GoodSample = "-/srv//www:/var/www:norbind /opt",
        BadSample = "srv",
    };

    /// <summary>MS_REC of mount(2).</summary>
    private const ulong BindRecursive = 16384;

    private static string BindText(BindMount bind) =>
        WordText.Quote(WordText.EscapeSpecifiers((bind.MissingOk ? "-" : "") + bind.Source)) + ":"
        + WordText.Quote(WordText.EscapeSpecifiers(bind.Destination)) + (bind.Recursive ? ":rbind" : ":norbind");

    private static void ParseBinds(ExecConfig config, string text, bool readOnly, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.BindMounts.Clear();
            return;
        }

        var position = 0;
        while (position >= 0)
        {
            var result = Quoting.ExtractWord(text, ref position, out var source, BindWords, BindSeparators);
            if (result == ExtractResult.End)
            {
                return;
            }

            if (result == ExtractResult.Invalid || !TakeBind(config, text, ref position, source, readOnly, context))
            {
                context.Ignore("has invalid quoting", text);
                return;
            }
        }
    }

    private const ExtractFlags BindWords = ExtractFlags.Unquote | ExtractFlags.DontCoalesceSeparators;
    private const string BindSeparators = ":" + Quoting.Whitespace;

    private static bool EndedInColon(string text, int position) => position > 0 && text[position - 1] == ':';

    /// <summary>What follows a source up to the next blank; false on bad quotes.</summary>
    private static bool TakeBind(ExecConfig config, string text, ref int position, string source, bool readOnly, ParseContext context)
    {
        // What a bad path leaves behind is read as the next entry, as in systemd.
        if (!context.ExpandPath(source, out var from))
        {
            return true;
        }

        var optional = from.StartsWith('-');
        from = optional ? from[1..] : from;
        if (!context.SimplifyPath(ref from))
        {
            return true;
        }

        var to = from;
        var options = "";
        if (EndedInColon(text, position))
        {
            if (Quoting.ExtractWord(text, ref position, out var destination, BindWords, BindSeparators) == ExtractResult.Invalid)
            {
                return false;
            }

            if (!context.ExpandPath(destination, out to) || !context.SimplifyPath(ref to))
            {
                return true;
            }

            if (EndedInColon(text, position)
                && Quoting.ExtractWord(text, ref position, out options, ExtractFlags.Unquote) == ExtractResult.Invalid)
            {
                return false;
            }
        }

        if (options is not ("" or "rbind" or "norbind"))
        {
            context.Ignore("has an unknown option", options);
            return true;
        }

        config.BindMounts.Add(new BindMount(from, to, readOnly, options is not "norbind", optional));
        return true;
    }

    private static bool ReadBinds(IValueReader reader, List<string> texts, bool readOnly)
    {
        var sound = reader.EnterArray("(ssbt)");
        while (sound && reader.More())
        {
            reader.EnterStruct();
            var source = reader.String();
            var destination = reader.String();
            var missingOk = reader.Boolean();
            var flags = reader.UInt64();
            reader.LeaveStruct();
            sound = Paths.Check(source, PathForm.Absolute, out _) is null && flags is 0 or BindRecursive
                && (destination.Length == 0 || Paths.Check(destination, PathForm.Absolute, out _) is null)
                && WordText.FitsLine(source) && WordText.FitsLine(destination);
            destination = destination.Length == 0 ? source : destination;
            texts.Add(BindText(new BindMount(source, destination, readOnly, flags != 0, missingOk)));
        }

        return FinishList(reader, texts, sound);
    }

    private static void ParseTemporary(ExecConfig config, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.TemporaryFileSystems.Clear();
            return;
        }

        if (Quoting.SplitWords(text, ExtractFlags.Unquote) is not { } words)
        {
            context.Ignore("has invalid quoting", text);
            return;
        }

        foreach (var word in words)
        {
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            if (context.ExpandPath(colon < 0 ? word : word[..colon], out var path) && context.SimplifyPath(ref path))
            {
                config.TemporaryFileSystems.Add(new TemporaryFileSystem(path, colon < 0 ? "" : word[(colon + 1)..]));
            }
        }
    }

    private static string TemporaryText(string path, string options) =>
        WordText.Quote(WordText.EscapeSpecifiers(path) + (options.Length > 0 ? ":" + options : ""));

    private static bool ReadTemporary(IValueReader reader, List<string> texts)
    {
        var sound = reader.EnterArray("(ss)");
        while (sound && reader.More())
        {
            reader.EnterStruct();
            var path = reader.String();
            var options = reader.String();
            reader.LeaveStruct();
            sound = Paths.Check(path, PathForm.Absolute, out _) is null && WordText.FitsLine(path) && WordText.FitsLine(options);
            texts.Add(TemporaryText(path, options));
        }

        return FinishList(reader, texts, sound);
    }
}
