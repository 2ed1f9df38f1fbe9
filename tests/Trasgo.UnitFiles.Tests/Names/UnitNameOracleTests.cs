using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.Names;

/// <summary>systemd-escape has the answers.</summary>
public class UnitNameOracleTests
{
    private static readonly string[] s_pieces =
    [
        "a", "foo", "-", ".", "..", "/", "//", "\\", "\\x2d", "@", ":", "_", " ", "é", "日", "%", "*", "?", "[a]", "\t", "~", "0",
        ".service", ".mount", ".nosuch", "/dev/", "/sys", "/./",
    ];

    [SkippableFact]
    public void Escape_RandomTexts_AreSystemds() => Compare([], Texts(1), UnitName.Escape);

    [SkippableFact]
    public void Unescape_RandomTexts_AreSystemds() => CompareEach(["--unescape"], Texts(2), UnitName.Unescape);

    [SkippableFact]
    public void EscapePath_RandomTexts_AreSystemds() => CompareEach(["--path"], Texts(3).Select(t => "/" + t), UnitName.EscapePath);

    [SkippableFact]
    public void UnescapePath_RandomTexts_AreSystemds() =>
        CompareEach(["--unescape", "--path"], Texts(4), UnitName.UnescapePath);

    [SkippableFact]
    public void MangleCli_RandomTexts_AreSystemds() => CompareEach(["--mangle"], Texts(5), t => UnitName.MangleCli(t));

    [SkippableFact]
    public void FromPath_RandomPaths_AreSystemds() => CompareEach(
        ["--path", "--suffix=mount"], Texts(6).Select(t => "/" + t), t => UnitName.FromPath(t, UnitType.Mount)?.Text);

    [SkippableFact]
    public void WithInstance_EscapedTexts_AreSystemds() => CompareEach(
        ["--template=foo@.service"], Texts(7), t => UnitName.Parse("foo@.service").WithInstance(UnitName.Escape(t))?.Text);

    [SkippableFact]
    public void MangleCli_LongMountPath_HasSystemdsHash()
    {
        Oracle.Require("systemd-escape");
        var path = "/" + string.Join('/', Enumerable.Range(0, 60).Select(i => $"part{i}"));
        Assert.Equal(Oracle.Run("systemd-escape", ["--mangle", path]).Output.Trim(), UnitName.MangleCli(path));
    }

    private static List<string> Texts(int seed)
    {
        var random = new Random(seed);
        var texts = new List<string>();
        for (var i = 0; i < 150; i++)
        {
            texts.Add(string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => s_pieces[random.Next(s_pieces.Length)])));
        }

        return texts;
    }

    private static void Compare(string[] options, List<string> texts, Func<string, string> ours)
    {
        Oracle.Require("systemd-escape");
        var (code, output, error) = Oracle.Run("systemd-escape", [.. options, "--", .. texts]);
        Assert.True(code == 0, error);
        Assert.Equal(output.TrimEnd('\n'), string.Join(' ', texts.Select(ours)));
    }

    private static void CompareEach(string[] options, IEnumerable<string> texts, Func<string, string?> ours)
    {
        Oracle.Require("systemd-escape");
        foreach (var text in texts)
        {
            var (code, output, _) = Oracle.Run("systemd-escape", [.. options, "--", text]);
            Assert.Equal((text, code == 0 ? output[..^1] : null), (text, ours(text)));
        }
    }
}
