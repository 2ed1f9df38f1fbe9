using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Standard streams and the terminal.</summary>
internal static partial class ExecDirectives
{
    private const int InputDataMax = 1024 * 1024;

    private static Directive<ExecConfig>[] StandardStreamRows() =>
    [
        new CustomDirective<ExecConfig>("", "StandardInput", "s", "{" + string.Join('|', ExecWords.ExecInput.Names) + "}")
        {
            Parser = ParseInput,
            Writer = static (c, writer) => writer.String(ExecWords.ExecInput.Name(c.StandardInput)),
            Formatter = static (c, texts) => texts.Add(InputText(c)),
            Reader = static (reader, texts) => ReadWord(reader, texts, static word => ExecWords.ExecInput.TryParse(word, out _)),
            GoodSample = "file:/etc//motd",
            BadSample = "keyboard",
        },
        s_rows.View("StandardInputFileDescriptorName", "s", static (c, writer) => writer.String(InputName(c)), set: NameSetter("StandardInput")),
        new CustomDirective<ExecConfig>("", "StandardInputData", "ay", "BASE64")
        {
            Parser = static (c, text, context) => AppendInput(c, text, static t => Encoded.TryBase64(t), context),
            Writer = static (c, writer) => BusLists.Write(writer, c.StandardInputData),
            Formatter = static (c, texts) => texts.AddRange(c.StandardInputData.Length == 0 ? [""] : ["", Convert.ToBase64String(c.StandardInputData)]),
            Reader = static (reader, texts) =>
            {
                texts.Add(Convert.ToBase64String(BusLists.Bytes(reader)));
                return texts[0].Length < InputDataMax;
            },
            GoodSample = "SGVsbG8K",
            BadSample = "***",
        },
        new CustomDirective<ExecConfig>("", "StandardInputText", "", "TEXT")
        {
            BusName = "",
            Parser = static (c, text, context) => AppendInput(
                c,
                text,
                t => Quoting.CUnescape(t) is { } plain && context.Expand(plain, out var expanded) ? ByteText.Encode(expanded + "\n") : null,
                context),
            GoodSample = "Hello\\x20world",
            BadSample = "\\q",
        },
        Output("StandardOutput", isError: false),
        s_rows.View("StandardOutputFileDescriptorName", "s", static (c, writer) => writer.String(OutputName(c, isError: false)), set: NameSetter("StandardOutput")),
        Output("StandardError", isError: true),
        s_rows.View("StandardErrorFileDescriptorName", "s", static (c, writer) => writer.String(OutputName(c, isError: true)), set: NameSetter("StandardError")),
        s_rows.Setter("StandardInputFile", "s", FileSetter("StandardInput", "file:")),
        s_rows.Setter("StandardOutputFile", "s", FileSetter("StandardOutput", "file:")),
        s_rows.Setter("StandardOutputFileToAppend", "s", FileSetter("StandardOutput", "append:")),
        s_rows.Setter("StandardOutputFileToTruncate", "s", FileSetter("StandardOutput", "truncate:")),
        s_rows.Setter("StandardErrorFile", "s", FileSetter("StandardError", "file:")),
        s_rows.Setter("StandardErrorFileToAppend", "s", FileSetter("StandardError", "append:")),
        s_rows.Setter("StandardErrorFileToTruncate", "s", FileSetter("StandardError", "truncate:")),
        s_rows.Of("TTYPath", Value.Path, static c => ref c.TtyPath),
        s_rows.Of("TTYReset", Value.Boolean, static c => ref c.TtyReset),
        s_rows.Of("TTYVHangup", Value.Boolean, static c => ref c.TtyVHangup),
        s_rows.Of("TTYVTDisallocate", Value.Boolean, static c => ref c.TtyVtDisallocate),
        s_rows.Of("TTYRows", Value.TtySize, static c => ref c.TtyRows),
        s_rows.Of("TTYColumns", Value.TtySize, static c => ref c.TtyColumns),
    ];

    private static CustomDirective<ExecConfig> Output(string name, bool isError) =>
        new("", name, "s", "{" + string.Join('|', ExecWords.ExecOutput.Names) + "}")
        {
            Parser = (c, text, context) => ParseOutput(c, text, isError, context),
            Writer = (c, writer) => writer.String(ExecWords.ExecOutput.Name(isError ? c.StandardError : c.StandardOutput)),
            Formatter = (c, texts) => texts.Add(OutputText(c, isError)),
            Reader = static (reader, texts) => ReadWord(reader, texts, static word => ExecWords.ExecOutput.TryParse(word, out _)),
            GoodSample = "append:/var/log//a.log",
            BadSample = "printer",
        };

    private static BusSetter NameSetter(string name) => new("s", (reader, section, settings) =>
    {
        var descriptor = reader.String();
        settings.Add(new Setting(section, name, "fd:" + WordText.EscapeSpecifiers(descriptor)));
        return NameRules.IsDescriptorName(descriptor);
    });

    private static Func<IValueReader, string, List<Setting>, bool> FileSetter(string name, string prefix) => (reader, section, settings) =>
    {
        var path = reader.String();
        settings.Add(new Setting(section, name, prefix + WordText.EscapeSpecifiers(path)));
        return Paths.Check(path, PathForm.Absolute, out _) is null && WordText.FitsLine(path);
    };

    private static bool ReadWord(IValueReader reader, List<string> texts, Func<string, bool> rule)
    {
        texts.Add(reader.String());
        return rule(texts[0]);
    }

    private static string InputName(ExecConfig c) => c.StandardInput == ExecInput.NamedDescriptor ? c.StandardInputName ?? "stdin" : "";

    private static string OutputName(ExecConfig c, bool isError) =>
        (isError ? c.StandardError : c.StandardOutput) != ExecOutput.NamedDescriptor ? ""
        : isError ? c.StandardErrorName ?? "stderr" : c.StandardOutputName ?? "stdout";

    private static string InputText(ExecConfig c) => c.StandardInput switch
    {
        ExecInput.NamedDescriptor => "fd:" + WordText.EscapeSpecifiers(c.StandardInputName ?? ""),
        ExecInput.File => "file:" + WordText.EscapeSpecifiers(c.StandardInputFile ?? ""),
        _ => ExecWords.ExecInput.Name(c.StandardInput),
    };

    private static string OutputText(ExecConfig c, bool isError)
    {
        var output = isError ? c.StandardError : c.StandardOutput;
        var name = isError ? c.StandardErrorName : c.StandardOutputName;
        var file = isError ? c.StandardErrorFile : c.StandardOutputFile;
        return output switch
        {
            ExecOutput.NamedDescriptor => "fd:" + WordText.EscapeSpecifiers(name ?? ""),
            ExecOutput.File or ExecOutput.FileAppend or ExecOutput.FileTruncate =>
                $"{ExecWords.ExecOutput.Name(output)}:{WordText.EscapeSpecifiers(file ?? "")}",
            _ => ExecWords.ExecOutput.Name(output),
        };
    }

    private static void ParseInput(ExecConfig config, string text, ParseContext context)
    {
        if (text.StartsWith("fd:", StringComparison.Ordinal))
        {
            if (TryDescriptorName(text[3..], context, out config.StandardInputName))
            {
                config.StandardInput = ExecInput.NamedDescriptor;
            }
        }
        else if (text.StartsWith("file:", StringComparison.Ordinal))
        {
            if (TryFile(text["file:".Length..], context, out var path))
            {
                config.StandardInputFile = path;
                config.StandardInput = ExecInput.File;
            }
        }
        else if (ExecWords.ExecInput.TryParse(text, out var input))
        {
            config.StandardInput = input;
        }
        else
        {
            context.Ignore("must be one of " + string.Join(", ", ExecWords.ExecInput.Names), text);
        }
    }

    private static void ParseOutput(ExecConfig config, string text, bool isError, ParseContext context)
    {
        ref var output = ref isError ? ref config.StandardError : ref config.StandardOutput;
        ref var name = ref isError ? ref config.StandardErrorName : ref config.StandardOutputName;
        ref var file = ref isError ? ref config.StandardErrorFile : ref config.StandardOutputFile;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (text.StartsWith("fd:", StringComparison.Ordinal))
        {
            if (TryDescriptorName(text[3..], context, out var descriptor))
            {
                name = descriptor;
                output = ExecOutput.NamedDescriptor;
            }
        }
        else if (colon > 0 && ExecWords.ExecOutput.TryParse(text[..colon], out var kind) && kind >= ExecOutput.File)
        {
            if (TryFile(text[(colon + 1)..], context, out var path))
            {
                file = path;
                output = kind;
            }
        }
        else if (OutputWords.TryParse(text, context, out var word))
        {
            file = null;
            output = word;
        }
    }

    private static bool TryDescriptorName(string text, ParseContext context, out string? name)
    {
        name = null;
        if (!context.ExpandName(text, out var expanded))
        {
            return false;
        }

        if (!NameRules.IsDescriptorName(expanded))
        {
            context.Ignore("has an invalid name of a file descriptor", expanded);
            return false;
        }

        name = expanded.Length > 0 ? expanded : null;
        return true;
    }

    private static bool TryFile(string text, ParseContext context, out string path) =>
        context.ExpandPath(text, out path) && context.SimplifyPath(ref path);

    private static void AppendInput(ExecConfig config, string text, Func<string, byte[]?> decode, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.StandardInputData = [];
        }
        else if (decode(text) is not { } bytes)
        {
            context.Ignore("cannot be decoded", text);
        }
        else if (config.StandardInputData.Length + bytes.Length > InputDataMax)
        {
            context.Ignore("makes the standard input longer than 1 MiB", text);
        }
        else
        {
            config.StandardInputData = [.. config.StandardInputData, .. bytes];
        }
    }
}
