using Trasgo.Engine.Tests.Units;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd.Tests.Xinetd;

/// <summary>The lines and files of xinetd.conf.</summary>
public sealed class XinetdReaderTests
{
    private readonly MemoryFiles _files = new();
    private readonly DiagnosticList _sink = new();

    [Theory]
    [InlineData("service a\n{\n x = 1 2\n\ty\t+= 3\n # c\n\n z -=\n}\n", "a: x = 1 2; y += 3; z -= ")]
    [InlineData("defaults\n{\n}\nservice b\n{\nx =1\n}", "(defaults): |b: x = 1")]
    [InlineData("service a extra\n  {  \n\tx = a=b c+=d # no comment\n  }  ", "a: x = a=b c+=d # no comment")]
    [InlineData("service a\r\n{\r\nx = 1\r\n}\r\n", "a: x = 1")]
    public void Entries_OfAText_AreItsAssignments(string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', Read(text).Select(static block => $"{block.Service ?? "(defaults)"}: {string.Join("; ", block.Assignments)}")));
        Assert.Empty(_sink.Items);
    }

    [Theory]
    [InlineData("service a {\nx = 1\n}\nservice b\n{\n}", 2, "An entry goes on with a line that holds nothing but '{'; this entry is left out.")]
    [InlineData("service a\n{\nx=1\n}\nservice b\n{\n}", 3, "A line of an entry is 'ATTRIBUTE = VALUE...', with a blank before the operator; this entry is left out.")]
    [InlineData("service a\n{\nx 1\n}\nservice b\n{\n}", 3, "A line of an entry is 'ATTRIBUTE = VALUE...', with a blank before the operator; this entry is left out.")]
    [InlineData("service b\n{\n}\nservice a\n{\nx = 1\n", 4, "The entry has no end and is left out.")]
    [InlineData("what is this\nservice b\n{\n}", 1, "'what' begins no entry: service, defaults, include and includedir do.")]
    [InlineData("service\nservice b\n{\n}", 1, "'service' begins no entry: service, defaults, include and includedir do.")]
    [InlineData("include /etc/none\nservice b\n{\n}", 0, "The file cannot be read: NotFound.")]
    [InlineData("includedir /etc/none\nservice b\n{\n}", 1, "'/etc/none' is no directory.")]
    public void Entry_ThatIsBroken_IsToldAndTheOthersRead(string text, int line, string message)
    {
        Assert.Equal("b", Assert.Single(Read(text)).Service);

        var item = Assert.Single(_sink.Items);
        Assert.Equal((Severity.Error, line, message), (item.Severity, item.Line, item.Message));
    }

    [Fact]
    public void IncludeDir_OfFiles_ReadsThoseWithoutDotAndTildeInOrder()
    {
        foreach (var name in (string[])["b", "a", "c.conf", "d~", "B", ".e"])
        {
            _files.Write("/etc/xinetd.d/" + name, $"service {name}\n{{\n}}\n");
        }

        Assert.Equal(["B", "a", "b", "z"], Read("includedir /etc/xinetd.d\nservice z\n{\n}").Select(static block => block.Service));
        Assert.Empty(_sink.Items);
    }

    [Fact]
    public void Include_OfItself_Ends()
    {
        var blocks = Read("service a\n{\n}\ninclude /etc/xinetd.conf\ninclude /etc/xinetd.conf\n");

        Assert.True(blocks.Count is > 1 and <= 1000);
        Assert.Contains(_sink.Items, static item => item.Message.EndsWith("is not read: too many files include others.", StringComparison.Ordinal));
    }

    private List<XinetdBlock> Read(string text)
    {
        _files.Write("/etc/xinetd.conf", text);
        return new XinetdReader(_files, _sink).Read("/etc/xinetd.conf");
    }
}
