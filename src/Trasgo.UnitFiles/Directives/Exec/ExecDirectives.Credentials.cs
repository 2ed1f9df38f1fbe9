using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Credentials, supplementary groups, PAM.</summary>
internal static partial class ExecDirectives
{
    private static readonly Enforcement s_credentials = Enforcement.Ignored("credentials are not passed yet");

    private static Directive<ExecConfig>[] CredentialRows() =>
    [
        SetCredentials("SetCredential", encrypted: false),
        SetCredentials("SetCredentialEncrypted", encrypted: true),
        LoadCredentials("LoadCredential", encrypted: false),
        LoadCredentials("LoadCredentialEncrypted", encrypted: true),
        s_rows.Of("SupplementaryGroups", Value.UserNames, static c => ref c.SupplementaryGroups),
        s_rows.Of("PAMName", Value.String, static c => ref c.PamName),
    ];

    private static CustomDirective<ExecConfig> SetCredentials(string name, bool encrypted) => new("", name, "a(say)", "ID:" + (encrypted ? "BASE64" : "DATA"))
    {
        Parser = (c, text, context) => ParseSetCredential(c, text, encrypted, context),
        Writer = (c, writer) =>
        {
            writer.BeginArray("(say)");
            foreach (var credential in c.SetCredentials.Where(s => s.Encrypted == encrypted))
            {
                writer.BeginStruct();
                writer.String(credential.Id);
                BusLists.Write(writer, credential.Data);
                writer.EndStruct();
            }

            writer.EndArray();
        },
        Formatter = (c, texts) => texts.AddRange(c.SetCredentials.Where(s => s.Encrypted == encrypted).Select(SetCredentialText)),
        Reader = (reader, texts) => ReadSetCredentials(reader, texts, encrypted),
        Enforcement = s_credentials,
        GoodSample = encrypted ? "pin:MTIz" : "greeting:Hello\\x20world\\n",
        BadSample = "greeting",
    };

    private static CustomDirective<ExecConfig> LoadCredentials(string name, bool encrypted) => new("", name, "a(ss)", "ID[:PATH]")
    {
        Parser = (c, text, context) => ParseLoadCredential(c, text, encrypted, context),
        Writer = (c, writer) =>
        {
            writer.BeginArray("(ss)");
            foreach (var credential in c.LoadCredentials.Where(l => l.Encrypted == encrypted))
            {
                writer.BeginStruct();
                writer.String(credential.Id);
                writer.String(credential.Path);
                writer.EndStruct();
            }

            writer.EndArray();
        },
        Formatter = (c, texts) => texts.AddRange(c.LoadCredentials.Where(l => l.Encrypted == encrypted).Select(
            static l => $"{WordText.EscapeSpecifiers(l.Id)}:{WordText.EscapeSpecifiers(l.Path)}")),
        Reader = ReadLoadCredentials,
        Enforcement = s_credentials,
        GoodSample = "key:/etc/ssl/key",
        BadSample = "a/b:/etc/ssl/key",
    };

    private static string SetCredentialText(SetCredential credential) => WordText.EscapeSpecifiers(credential.Id) + ":"
        + (credential.Encrypted ? Convert.ToBase64String(credential.Data) : CEscape.Encode(ByteText.Decode(credential.Data)));

    private static void ParseSetCredential(ExecConfig config, string text, bool encrypted, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.SetCredentials.Clear();
            return;
        }

        if (!TryCredentialId(text, context, out var id, out var rest))
        {
            return;
        }

        if (rest.Length == 0)
        {
            context.Ignore("has no data", text);
            return;
        }

        var data = encrypted ? Encoded.TryBase64(rest)
            : Quoting.CUnescape(rest, acceptNul: true) is { } plain ? ByteText.Encode(plain) : null;
        if (data is null)
        {
            context.Ignore("has data that cannot be decoded", text);
            return;
        }

        config.SetCredentials.RemoveAll(s => string.Equals(s.Id, id, StringComparison.Ordinal));
        config.SetCredentials.Add(new SetCredential(id, data, encrypted));
    }

    private static void ParseLoadCredential(ExecConfig config, string text, bool encrypted, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.LoadCredentials.Clear();
            return;
        }

        if (!TryCredentialId(text, context, out var id, out var rest))
        {
            return;
        }

        // A name alone stands for a credential that the manager itself was given.
        var path = id;
        if (rest.Length > 0 && !context.ExpandPath(rest, out path))
        {
            return;
        }

        if (!IsCredentialSource(path))
        {
            context.Ignore("has an invalid source", path);
            return;
        }

        config.LoadCredentials.RemoveAll(l => string.Equals(l.Id, id, StringComparison.Ordinal));
        config.LoadCredentials.Add(new LoadCredential(id, path, encrypted));
    }

    private static bool IsCredentialSource(string path) =>
        PathText.IsAbsolute(path) ? PathText.IsNormalized(path) : NameRules.IsCredential(path);

    private static bool TryCredentialId(string text, ParseContext context, out string id, out string rest)
    {
        var position = 0;
        id = rest = "";
        if (Quoting.ExtractWord(text, ref position, out var word, ExtractFlags.DontCoalesceSeparators, ":") != ExtractResult.Word)
        {
            context.Ignore("has invalid quoting", text);
            return false;
        }

        rest = position < 0 ? "" : text[position..];
        if (!context.ExpandName(word, out id))
        {
            return false;
        }

        if (!NameRules.IsCredential(id))
        {
            context.Ignore("has an invalid name of a credential", id);
            return false;
        }

        return true;
    }

    private static bool ReadSetCredentials(IValueReader reader, List<string> texts, bool encrypted)
    {
        var sound = reader.EnterArray("(say)");
        while (sound && reader.More())
        {
            reader.EnterStruct();
            var credential = new SetCredential(reader.String(), BusLists.Bytes(reader), encrypted);
            reader.LeaveStruct();
            sound = NameRules.IsCredential(credential.Id);
            texts.Add(SetCredentialText(credential));
        }

        return FinishList(reader, texts, sound);
    }

    private static bool ReadLoadCredentials(IValueReader reader, List<string> texts)
    {
        var sound = reader.EnterArray("(ss)");
        while (sound && reader.More())
        {
            reader.EnterStruct();
            var id = reader.String();
            var path = reader.String();
            reader.LeaveStruct();
            sound = NameRules.IsCredential(id) && IsCredentialSource(path) && WordText.FitsLine(path);
            texts.Add($"{WordText.EscapeSpecifiers(id)}:{WordText.EscapeSpecifiers(path)}");
        }

        return FinishList(reader, texts, sound);
    }

    /// <summary>An empty list from a client resets.</summary>
    private static bool FinishList(IValueReader reader, List<string> texts, bool sound)
    {
        reader.LeaveArray();
        if (texts.Count == 0)
        {
            texts.Add("");
        }

        return sound;
    }
}
