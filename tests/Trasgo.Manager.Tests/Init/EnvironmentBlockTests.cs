using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager.Tests;

public sealed class EnvironmentBlockTests
{
    [Theory]
    [InlineData("A=b", true)]
    [InlineData("A=", true)]
    [InlineData("_1=two\nlines\tand\u001bescape", true)]
    [InlineData("A=b=c", true)]
    [InlineData("A=\u00e4\ud83d\ude00", true)]
    [InlineData("1A=b", false)]
    [InlineData("=b", false)]
    [InlineData("A", false)]
    [InlineData("A B=c", false)]
    [InlineData("A-B=c", false)]
    [InlineData("A=b\0C=d", false)]
    [InlineData("A\n=b", false)]
    public void Assignment_Checked_IsValidAsForSystemd(string text, bool expected) =>
        Assert.Equal(expected, EnvironmentBlock.AreAssignments([text]));

    [Fact]
    public void Block_ClientsSetOverOwn_KeepsThePlaceAndSortsTheirs()
    {
        var block = new EnvironmentBlock(["PATH=/bin", "LANG=C"]);

        Assert.Null(block.Change([], ["Z=1", "PATH=/usr/bin", "B=2", "Z=3"]));

        Assert.Equal(["LANG=C", "PATH=/usr/bin", "B=2", "Z=3"], block.Assignments);
    }

    [Fact]
    public void Block_ClientsUnset_OwnComesBack()
    {
        var block = new EnvironmentBlock(["LANG=C"]);
        block.Change([], ["LANG=de", "A=1", "AB=2", "B=1"]);

        Assert.Null(block.Change(["LANG", "A", "B=2"], []));

        Assert.Equal(["LANG=C", "AB=2", "B=1"], block.Assignments);
    }

    [Fact]
    public void Block_OneBadText_ChangesNothing()
    {
        var block = new EnvironmentBlock([]);

        Assert.Equal("Invalid environment assignments", block.Change([], ["A=1", "no assignment"]));
        Assert.Equal("Invalid environment variable names or assignments", block.Change(["no name"], ["A=1"]));

        Assert.Empty(block.Assignments);
    }

    [Fact]
    public void Block_GivenVariablesOfTheServiceProtocol_DropsThem()
    {
        var block = new EnvironmentBlock(["NOTIFY_SOCKET=/x", "INVOCATION_ID=1", "HOME=/root"]);
        block.Change([], ["LISTEN_FDS=3", "LISTEN=3"]);

        Assert.Equal(["HOME=/root", "LISTEN=3"], block.Assignments);
    }

    [Fact]
    public void Block_OfTheSystem_HasPathAndLocaleOnly()
    {
        Environment.SetEnvironmentVariable("TRASGO_TEST_VARIABLE", "x");

        var names = EnvironmentBlock.ForManager(RuntimeScope.System).Assignments.Select(static a => a.Split('=')[0]).ToList();

        Assert.Contains("PATH", names);
        Assert.All(names, static name => Assert.True(name is "PATH" or "LANG" or "LANGUAGE" || name.StartsWith("LC_", StringComparison.Ordinal)));
        Assert.Contains("TRASGO_TEST_VARIABLE=x", EnvironmentBlock.ForManager(RuntimeScope.User).Assignments);
    }

    [Fact]
    public void Locale_InSeveralFiles_ComesFromTheFirst()
    {
        using var root = new TemporaryDirectory();
        Directory.CreateDirectory(root["etc/default"]);
        Assert.Equal([InitEnvironment.DefaultLocale], InitEnvironment.Locale(root.Path));

        File.WriteAllText(root["etc/default/locale"], "LANG=\"de_DE.UTF-8\"\nNOTHING=1\nLC_TIME=C\n");
        Assert.Equal(["LANG=de_DE.UTF-8", "LC_TIME=C"], InitEnvironment.Locale(root.Path));

        File.WriteAllText(root["etc/locale.conf"], "LANG=es_ES.UTF-8\n");
        Assert.Equal(["LANG=es_ES.UTF-8"], InitEnvironment.Locale(root.Path));
    }
}
