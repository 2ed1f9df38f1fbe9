using System.Text;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Tests.Syntax;

public class UnitFileParserTests
{
    private const string Sample =
        "# head\n[Unit]\nDescription=A \\\n# inside\n  B\n\n[Service]\nExecStart=/bin/x \"a b\" \\\n  c\nEnvironment=é=1\r\n[X-Own]\nk=v\n";

    [Fact]
    public void Parse_Sample_GivesAssignmentsWithTheirLastLine()
    {
        var sink = new DiagnosticList();
        var assignments = UnitFileParser.Parse(Encoding.UTF8.GetBytes(Sample), "f", sink);
        Assert.Equal(
            [
                new Assignment("Unit", "Description", "A    B", "f", 5),
                new Assignment("Service", "ExecStart", "/bin/x \"a b\"    c", "f", 9),
                new Assignment("Service", "Environment", "é=1", "f", 10),
                new Assignment("X-Own", "k", "v", "f", 12),
            ],
            assignments);
        Assert.Empty(sink.Items);
    }

    [Fact]
    public void Read_EveryTruncation_GivesAPrefixOfTheAssignments()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var parsed = UnitFileParser.Read(bytes.AsSpan(0, length), "f", NullDiagnostics.Instance);
            Assert.True(parsed.Assignments.Count <= 4);
            Assert.All(parsed.Assignments, a => Assert.True(a.Key.Length > 0 && a.Line > 0));
        }
    }

    [Fact]
    public void Read_RandomBytes_NeverThrows()
    {
        var random = new Random(11);
        var assignments = 0;
        for (var round = 0; round < 3000; round++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = random.Next(3) == 0 ? (byte)"[]=\\\n#; aZ\r\0\t"[random.Next(13)] : (byte)(bytes[i] & (round % 2 == 0 ? 0x7F : 0xFF));
            }

            assignments += UnitFileParser.Read(bytes, "f", new DiagnosticList()).Assignments.Count;
        }

        Assert.True(assignments > 100);
    }

    [Fact]
    public void Read_LongLines_EndAtTheLimit()
    {
        var longest = "[Unit]\nk=" + new string('x', UnitFileParser.LineLimit - 3);
        Assert.Equal(ParseFailure.None, Failure(longest));
        Assert.Equal(ParseFailure.LineTooLong, Failure(longest + "x"));
        var piece = new string('y', 1000) + "\\\n";
        Assert.Equal(ParseFailure.LineTooLong, Failure("[Unit]\nk=" + string.Concat(Enumerable.Repeat(piece, 1100))));
    }

    [Fact]
    public void Read_ManyBadLines_KeepsABoundedNumberOfRemarks()
    {
        var sink = new DiagnosticList();
        UnitFileParser.Read(Encoding.UTF8.GetBytes("[Unit]\n" + string.Concat(Enumerable.Repeat("bad\n", 5000))), "f", sink);
        Assert.Equal((DiagnosticList.Limit, 4000), (sink.Items.Count, sink.Dropped));
    }

    [Fact]
    public void Read_InvalidUtf8_StopsWithAMessage()
    {
        var sink = new DiagnosticList();
        var parsed = UnitFileParser.Read("[Unit]\na=1\nb=\xFF\nc=3\n"u8.ToArray().Select(b => b == 0xC3 ? (byte)0xFF : b).ToArray(), "f", sink);
        Assert.Equal((1, ParseFailure.InvalidText), (parsed.Assignments.Count, parsed.Failure));
        Assert.StartsWith("f:3: String is not UTF-8 clean", Assert.Single(sink.Items).ToString(), StringComparison.Ordinal);
    }

    private static ParseFailure Failure(string text) =>
        UnitFileParser.Read(Encoding.UTF8.GetBytes(text), "f", NullDiagnostics.Instance).Failure;
}
