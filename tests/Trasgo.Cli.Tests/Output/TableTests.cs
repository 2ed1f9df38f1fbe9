using Trasgo.Cli.Output;

namespace Trasgo.Cli.Tests.Output;

public class TableTests
{
    [Fact]
    public void Print_WithoutTerminal_GivesEachColumnItsWidest()
    {
        using var recorded = new RecordedOutput();
        var table = new Table("", "unit", "sub");
        table.Add(new Cell("●"), new Cell("a.service"), new Cell("dead"));
        table.Add(new Cell(" "), new Cell("b"), new Cell(""));

        table.Print(recorded.Output);

        Assert.Equal("  UNIT      SUB\n● a.service dead\n  b\n", recorded.Out.Replace("b         \n", "b\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Print_WithHiddenColumnAndNoHeader_LeavesBothOut()
    {
        using var recorded = new RecordedOutput();
        var table = new Table("a", "b") { Header = false };
        table.Add(new Cell("x"), Cell.None(""));
        table.Hide(0);

        table.Print(recorded.Output);

        Assert.Equal("-\n", recorded.Out);
    }

    [Fact]
    public void Print_WithColors_UnderlinesTheHeaderThroughout()
    {
        using var recorded = new RecordedOutput(colors: true);
        var table = new Table("a", "b");
        table.Add(Cell.Both("x", "\u001b[0;1;31m"), new Cell("y"));

        table.Print(recorded.Output);

        Assert.Equal(
            "\u001b[0m\u001b[0;4mA\u001b[0m\u001b[0m\u001b[0;4m B\u001b[0m\n\u001b[0;1;31mx\u001b[0m\u001b[0;1;31m \u001b[0my\n", recorded.Out);
    }

    [Fact]
    public void PrintJson_OfNoRows_IsAnEmptyArray()
    {
        using var recorded = new RecordedOutput();

        new Table("a").PrintJson(recorded.Output, pretty: false);

        Assert.Equal("[]\n", recorded.Out);
    }

    [Fact]
    public void PrintJson_OfRows_NamesFieldsAfterTheColumns()
    {
        using var recorded = new RecordedOutput();
        var table = new Table("unit file", "count", "preset");
        table.Add(new Cell("a"), Cell.Number(3), Cell.None(""));

        table.PrintJson(recorded.Output, pretty: false);

        Assert.Equal("[{\"unit_file\":\"a\",\"count\":3,\"preset\":null}]\n", recorded.Out);
    }
}
