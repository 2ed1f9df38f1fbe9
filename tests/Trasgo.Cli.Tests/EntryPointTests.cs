namespace Trasgo.Cli.Tests;

public class EntryPointTests
{
    [Fact]
    public void UnknownCommand_IsAnErrorOfUse()
    {
        using var recorded = new RecordedOutput();

        Assert.Equal(2, EntryPoint.Run("/usr/bin/trasgo", ["frobnicate"], recorded.Output));

        Assert.Equal("trasgo: unknown command 'frobnicate'; 'trasgo --help' lists the commands.\n", recorded.Error);
        Assert.Empty(recorded.Out);
    }

    [Fact]
    public void NoCommand_IsAnErrorOfUse()
    {
        using var recorded = new RecordedOutput();

        Assert.Equal(2, EntryPoint.Run("trasgo", [], recorded.Output));
        Assert.Contains("--help", recorded.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_OfTheBinary_IsPrinted()
    {
        using var recorded = new RecordedOutput();

        Assert.Equal(0, EntryPoint.Run("trasgo", ["--version"], recorded.Output));
        Assert.Matches("^trasgo [0-9]+\\.[0-9]+", recorded.Out);
    }

    [Fact]
    public void Help_OfTheBinary_NamesEachCommand()
    {
        using var recorded = new RecordedOutput();

        Assert.Equal(0, EntryPoint.Run("trasgo", ["--help"], recorded.Output));
        Assert.All(Commands.CommandTable.Commands.Where(static command => command.Summary.Length > 0), command => Assert.Contains(command.Name, recorded.Out, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/usr/local/bin/systemctl")]
    [InlineData("systemctl")]
    public void Link_NamedAsACommand_IsThatCommand(string program)
    {
        using var recorded = new RecordedOutput();

        Assert.Equal(0, EntryPoint.Run(program, ["--help"], recorded.Output));
        Assert.StartsWith("systemctl [OPTIONS...]", recorded.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void CommandNames_AndLinkNames_AreUnique()
    {
        var commands = Commands.CommandTable.Commands;

        Assert.Distinct(commands.Select(static command => command.Name));
        Assert.Distinct(commands.SelectMany(static command => command.LinkNames));
    }
}
