namespace Trasgo.Exec.Tests;

public sealed class EnvironmentBlockTests
{
    private readonly EnvironmentBlock _block = new();

    [Fact]
    public void Value_SetAgain_TakesTheFirstOnesPlace()
    {
        _block.SetAll(["A=1", "B=2", "A=3"]);

        Assert.Equal(["A=3", "B=2"], _block.Entries);
        Assert.Equal("3", _block["A"]);
    }

    [Fact]
    public void Values_ByTheHundred_KeepTheirPlaces()
    {
        _block.SetAll([.. Enumerable.Range(0, 300).Select(i => $"A{i}=1")]);
        _block.Unset("A7");
        _block.SetAll([.. Enumerable.Range(0, 300).Select(i => $"A{i}=2")]);

        Assert.Equal([.. Enumerable.Range(0, 300).Where(i => i != 7).Select(i => $"A{i}=2"), "A7=2"], _block.Entries);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("=x")]
    [InlineData("1A=x")]
    [InlineData("A-B=x")]
    [InlineData("A=\u0007")]
    [InlineData("A=b\0C=d")]
    public void Entry_ThatIsNoAssignment_IsLeftOut(string entry)
    {
        _block.SetEntry(entry);

        Assert.Empty(_block.Entries);
    }

    [Fact]
    public void Value_WithNewlineAndTab_IsKeptExactly()
    {
        _block.Set("A", "line\n\tline");

        Assert.Equal(["A=line\n\tline"], _block.Entries);
    }

    [Fact]
    public void Unset_ByNameOrByAssignment_RemovesWhatMatches()
    {
        _block.SetAll(["A=1", "B=2", "C=3"]);

        _block.Unset("A");
        _block.Unset("B=other");
        _block.Unset("C=3");
        _block.Unset("D");

        Assert.Equal(["B=2"], _block.Entries);
        Assert.Equal("2", _block["B"]);
    }
}
