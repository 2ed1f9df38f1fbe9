using Trasgo.Cli.CommandLine;

namespace Trasgo.Cli.Tests.CommandLine;

public class OptionReaderTests
{
    private static readonly LongOption[] s_options =
    [
        new("all", OptionArgument.None, 'a'),
        new("type", OptionArgument.Required, 't'),
        new("pid", OptionArgument.Optional, 1000),
        new("state", OptionArgument.Required, 1001),
        new("status", OptionArgument.Required, 1002),
        new("no-pager", OptionArgument.None, 1003),
        new("no-legend", OptionArgument.None, 1003),
    ];

    [Fact]
    public void Options_AfterOperands_AreStillOptions() =>
        Assert.Equal("a;t=service;|start cron", Read("start", "-a", "cron", "-tservice"));

    [Fact]
    public void DoubleDash_BeforeWords_EndsTheOptions() => Assert.Equal("a;|-t -- x", Read("-a", "--", "-t", "--", "x"));

    [Fact]
    public void SingleDash_Alone_IsAnOperand() => Assert.Equal("|-", Read("-"));

    [Theory]
    [InlineData("t=socket;|", "-t", "socket")]
    [InlineData("t=socket;|", "-tsocket")]
    [InlineData("t=socket;|", "--type=socket")]
    [InlineData("t=socket;|", "--type", "socket")]
    [InlineData("t=;|", "--type=")]
    [InlineData("a;t=x;|", "-atx")]
    [InlineData("t=-a;|", "-t", "-a")]
    public void Argument_InEachForm_IsTheSame(string expected, params string[] words) => Assert.Equal(expected, Read(words));

    [Theory]
    [InlineData("1000;|7", "--pid", "7")]
    [InlineData("1000=7;|", "--pid=7")]
    [InlineData(".;|", "-.")]
    [InlineData(".=mount;|", "-.mount")]
    public void OptionalArgument_IsOnlyTakenFromTheSameWord(string expected, params string[] words) =>
        Assert.Equal(expected, Read(words));

    [Theory]
    [InlineData("1001=x;|", "--state=x")]
    [InlineData("1002=x;|", "--statu", "x")]
    [InlineData("1003;|", "--no")]
    [InlineData("a;|", "--al")]
    public void LongOption_Abbreviated_IsFoundWhenUnique(string expected, params string[] words) =>
        Assert.Equal(expected, Read(words));

    [Theory]
    [InlineData("prog: option '--stat=x' is ambiguous; possibilities: '--state' '--status'", "--stat=x")]
    [InlineData("prog: unrecognized option '--bogus=1'", "--bogus=1")]
    [InlineData("prog: option '--all' doesn't allow an argument", "--al=1")]
    [InlineData("prog: option '--type' requires an argument", "--typ")]
    [InlineData("prog: invalid option -- 'Z'", "-aZ")]
    [InlineData("prog: option requires an argument -- 't'", "-t")]
    public void Mistake_IsReportedAsByGlibc(string message, params string[] words) =>
        Assert.Equal(message, Read(words).Split('!')[^1]);

    [Fact]
    public void PlusSign_InShortOptions_EndsOptionsAtTheFirstOperand() =>
        Assert.Equal("a;|run -a", Read("+at:", "-a", "run", "-a"));

    [Fact]
    public void RandomWords_NeverLoseOrInventOperands()
    {
        var random = new Random(20);
        string[] pieces = ["-", "--", "-a", "--all", "-t", "x", "--type=y", "", "-at", "-.z", "--pid", "=", "-:", "-+"];
        for (var round = 0; round < 5000; round++)
        {
            var words = Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]).ToArray();
            var reader = new OptionReader("prog", words, "at:.::", s_options, static _ => { });
            var steps = 0;
            while (reader.Next() != OptionReader.End)
            {
                Assert.True(++steps <= words.Sum(static word => word.Length) + 1, string.Join(' ', words));
            }

            Assert.All(reader.Operands, operand => Assert.Contains(operand, words));
        }
    }

    private static string Read(params string[] words) => words is [['+', ..] shortOptions, ..]
        ? Read(shortOptions, words[1..])
        : Read("at:.::", words);

    private static string Read(string shortOptions, string[] words)
    {
        var text = "";
        var reader = new OptionReader("prog", words, shortOptions, s_options, message => text += "!" + message);
        while (reader.Next() is not OptionReader.End and var option)
        {
            if (option == OptionReader.Bad)
            {
                return text;
            }

            text += option < 128 ? $"{(char)option}" : $"{option}";
            text += reader.Argument is null ? ";" : $"={reader.Argument};";
        }

        return $"{text}|{string.Join(' ', reader.Operands)}";
    }
}
