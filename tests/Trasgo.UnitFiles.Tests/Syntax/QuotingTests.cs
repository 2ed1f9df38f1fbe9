using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.Syntax;

public class QuotingTests
{
    private const string Alphabet = "ab \"'\\$`\n\t;é*&|\x01\x7f";
    private const ExtractFlags Command = ExtractFlags.Unquote | ExtractFlags.CUnescape;

    [Theory]
    [InlineData("", "")]
    [InlineData("  \t", "")]
    [InlineData("a b  c ", "a|b|c")]
    [InlineData("'a b' \"c d\"", "a b|c d")]
    [InlineData("a'b c'd", "ab cd")]
    [InlineData("'' \"\"", "|")]
    [InlineData(@"a\sb \x41 \101 \u00e9 \U0001F600", "a b|A|A|é|\U0001F600")]
    [InlineData(@"\xc3\xa9", "é")]
    [InlineData(@"\n\t\\\""\'", "\n\t\\\"'")]
    [InlineData("a;b", "a;b")]
    public void SplitWords_Commands_AreUnquoted(string text, string words) =>
        Assert.Equal(words.Length == 0 && text.Trim().Length == 0 ? [] : words.Split('|'), Quoting.SplitWords(text, Command));

    [Theory]
    [InlineData("'a")]
    [InlineData("\"a")]
    [InlineData("a\\")]
    [InlineData(@"\z")]
    [InlineData(@"\x4")]
    [InlineData(@"\x00")]
    [InlineData(@"\000")]
    [InlineData(@"\400")]
    [InlineData(@"\u12")]
    [InlineData(@"\U00110000")]
    public void SplitWords_BadQuotingOrEscape_IsRefused(string text) => Assert.Null(Quoting.SplitWords(text, Command));

    [Fact]
    public void ExtractWord_ByteThatIsNotUtf8_ComesBackExactly()
    {
        var word = Assert.Single(Quoting.SplitWords(@"a\xffb\xe4\xbd", Command)!);
        Assert.Equal([(byte)'a', 0xff, (byte)'b', 0xe4, 0xbd], ByteText.Encode(word));
    }

    [Fact]
    public void ExtractWord_SeparatorsNotCoalesced_GivesEmptyWords()
    {
        Assert.Equal(["a", "", "b", ""], Quoting.SplitWords("a::b:", ExtractFlags.DontCoalesceSeparators, ":"));
        Assert.Equal(["a", "b"], Quoting.SplitWords("a::b:", ExtractFlags.None, ":"));
        Assert.Equal(["a:b", "c"], Quoting.SplitWords(@"a\:b:c", ExtractFlags.UnescapeSeparators, ":"));
    }

    [Fact]
    public void ExtractWord_RetainedSeparator_StaysBehindTheWord()
    {
        var position = 0;
        Assert.Equal(ExtractResult.Word, Quoting.ExtractWord("a, b", ref position, out var word, ExtractFlags.RetainSeparators, ","));
        Assert.Equal(("a", 1), (word, position));
    }

    [Fact]
    public void ExtractWordAndWarn_UnknownEscape_IsKeptAndReported()
    {
        var position = 0;
        var remarks = new List<string>();
        Assert.Equal(
            ExtractResult.Word,
            Quoting.ExtractWordAndWarn(@"a\zb", ref position, out var word, Command, (_, m) => remarks.Add(m)));
        Assert.Equal(@"a\zb", word);
        Assert.Equal(@"Ignoring unknown escape sequences: ""a\zb""", Assert.Single(remarks));
    }

    [Fact]
    public void ShellMaybeQuote_Words_AreReadBack()
    {
        var random = new Random(3);
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var quoted = ShellQuoting.MaybeQuote(text, posix: false, quoteEmpty: true);
            Assert.Equal([text], Quoting.SplitWords(quoted, Command | ExtractFlags.UnescapeRelax)!.Select(w => w.Replace("\\$", "$").Replace("\\`", "`")));
        }
    }

    [Fact]
    public void CUnescape_Encoded_ComesBack()
    {
        var random = new Random(4);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(1, 12)];
            random.NextBytes(bytes);
            var text = ByteText.Decode(bytes);
            Assert.Equal(text, Quoting.CUnescape(CEscape.Encode(text), acceptNul: true));
            Assert.Equal(bytes, ByteText.Encode(text));
        }
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Words_RandomEnvironment_AreSystemds(int seed)
    {
        string[] pieces = ["a", "b", " ", " ", "'", "\"", "\\\\", "\\", "\\x41", "\\101", "\\s", "\\u00e9", "\\z", "\\\"", "=", ";", "#", "$", "é"];
        var random = new Random(seed);
        using var tree = new TemporaryTree();
        var values = new List<string>();
        for (var unit = 0; unit < 60; unit++)
        {
            values.Add("A=" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)])) + "z");
            tree.File($"/1/u{unit}.service", $"[Service]\nExecStart=/bin/true\nEnvironment={values[^1]}\n");
        }

        var oracle = VerifyOracle.Load(tree.Root + "/1", Enumerable.Range(0, 60).Select(i => $"u{i}.service"));
        for (var unit = 0; unit < 60; unit++)
        {
            var position = 0;
            var result = Quoting.ExtractWord(values[unit], ref position, out var word, Command);
            var first = result == ExtractResult.Word ? word : "";
            Assert.Equal($"{values[unit]} -> {oracle.ByName[$"u{unit}.service"].FirstEnvironment}", $"{values[unit]} -> {first}");
        }
    }
}
