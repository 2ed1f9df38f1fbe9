namespace Trasgo.Linux.Tests;

public sealed class SignalNamesTests
{
    [Theory]
    [InlineData("TERM", 15)]
    [InlineData("SIGTERM", 15)]
    [InlineData("15", 15)]
    [InlineData("RTMIN", 34)]
    [InlineData("SIGRTMIN+3", 37)]
    [InlineData("RTMAX-1", 63)]
    [InlineData("RTMAX", 64)]
    public void Name_InAnySpelling_IsItsNumber(string name, int signo)
    {
        Assert.True(SignalNames.TryParse(name, out var parsed));
        Assert.Equal(signo, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SIG")]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("RTMIN+31")]
    [InlineData("RTMIN+-1")]
    [InlineData("term")]
    public void Name_ThatIsNone_IsRefused(string name) => Assert.False(SignalNames.TryParse(name, out _));

    [Fact]
    public void Number_ThereAndBack_IsTheSame()
    {
        for (var signo = 1; signo <= SignalSet.Count; signo++)
        {
            Assert.True(SignalNames.TryParse(SignalNames.Long(signo), out var parsed));
            Assert.Equal(signo, parsed);
        }
    }

    [Fact]
    public void Concern_LeavesTheRuntimesSignalsAlone()
    {
        Assert.False(Signals.OfConcern.Contains(Signo.SIGRTMIN));
        Assert.False(Signals.OfConcern.Contains(Signo.SIGSEGV));
        Assert.True(Signals.OfConcern.Contains(Signo.SIGCHLD));
        Assert.True(Signals.OfConcern.Contains(Signo.SIGRTMIN + 1));
    }
}
