namespace Trasgo.Cli.Tests.UnitCommands;

/// <summary>analyze and report, which read unit files by themselves.</summary>
public sealed class UnitFileCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trasgo-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Verify_GoodUnit_SaysNothing()
    {
        var (status, output, error) = Run("analyze", "verify", Unit("good.service", "[Service]\nExecStart=/bin/true\n"));

        Assert.Equal((0, "", ""), (status, output, error));
    }

    [Fact]
    public void Verify_BadUnit_NamesFileAndLine()
    {
        var path = Unit("bad.service", "[Service]\nExecStart=/bin/true\nNonsense=1\nRestartSec=soon\n");

        var (status, _, error) = Run("analyze", "verify", path);

        Assert.Equal(1, status);
        Assert.Contains($"{path}:3: Unknown key name 'Nonsense' in section 'Service', ignoring.", error, StringComparison.Ordinal);
        Assert.Contains($"{path}:4: RestartSec=", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_MissingUnit_Fails()
    {
        var (status, _, error) = Run("analyze", "verify", _folder + "/none.service");

        Assert.Equal(1, status);
        Assert.Equal($"{_folder}/none.service: there is no such unit.\n", error);
    }

    [Theory]
    [InlineData(".socket", "[Socket]\nListenStream=/run/x\n")]
    [InlineData(".timer", "[Timer]\nOnCalendar=daily\n")]
    [InlineData(".path", "[Path]\nPathExists=/run/x\n")]
    [InlineData(".target", "[Unit]\nDescription=x\n")]
    [InlineData(".slice", "[Slice]\nCPUWeight=50\n")]
    public void Verify_UnitOfAnotherType_KnowsItsSection(string type, string text)
    {
        var (status, _, error) = Run("analyze", "verify", Unit("x" + type, text));

        Assert.Equal((0, ""), (status, error));
    }

    [Fact]
    public void Verify_Template_IsReadAsAnInstance()
    {
        var (status, _, error) = Run("analyze", "verify", Unit("t@.service", "[Service]\nExecStart=/bin/echo %i %f\n"));

        Assert.Equal((0, ""), (status, error));
    }

    [Fact]
    public void Spawn_OfAService_EndsInItsCommand()
    {
        var path = Unit("spawn.service", "[Service]\nExecStart=/bin/echo hello\nUMask=0027\nX-Foo=1\n");

        var (status, output, _) = Run("analyze", "spawn", path);

        Assert.Equal(0, status);
        Assert.StartsWith("ExecStart=/bin/echo hello\n", output, StringComparison.Ordinal);
        Assert.Contains("umask(027)", output, StringComparison.Ordinal);
        Assert.Contains("203/EXEC", output, StringComparison.Ordinal);
    }

    [Fact]
    public void TimeSpan_InSeveralUnits_IsTold()
    {
        var (status, output, _) = Run("analyze", "timespan", "1h 30min", "50ms");

        Assert.Equal(0, status);
        Assert.Equal(
            "Original: 1h 30min\n      μs: 5400000000\n   Human: 1h 30min\n\nOriginal: 50ms\n      μs: 50000\n   Human: 50ms\n", output);
    }

    [Fact]
    public void Report_OfAUnit_TellsWhatHasNoEffectAndWhy()
    {
        var path = Unit("r.service", "[Service]\nExecStart=/bin/true\nSystemCallFilter=@system-service\nNonsense=1\n[X-Foo]\nBar=1\n");

        var (status, output, _) = Run("report", path);

        Assert.Equal(0, status);
        Assert.Matches($"r\\.service +ExecStart=/bin/true +enforced +- +{path}:2\n", output);
        Assert.Matches("r\\.service +Nonsense=1 +unknown +nothing is called so +", output);
        Assert.DoesNotContain("Bar=", output, StringComparison.Ordinal);
        Assert.EndsWith(" 1 unknown.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfOurOwnSettings_TellsThemAndWhatIsNone()
    {
        var path = Unit("o.socket", "[Socket]\nListenStream=1\n[X-Trasgo]\nTriggerLimitPauseSec=5\nBar=1\n");

        var (_, output, _) = Run("report", path);

        Assert.Matches("o\\.socket +TriggerLimitPauseSec=5 +enforced +- +", output);
        Assert.Matches("o\\.socket +Bar=1 +unknown +nothing is called so +", output);
    }

    private static (int Status, string Out, string Error) Run(params string[] words)
    {
        using var recorded = new RecordedOutput();
        var status = EntryPoint.Run("trasgo", words, recorded.Output);
        return (status, recorded.Out, recorded.Error);
    }

    private string Unit(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
