namespace Trasgo.Manager.Tests.Conditions;

public sealed class SleepStatesTests : IDisposable
{
    private readonly TemporaryDirectory _power = new();

    public void Dispose() => _power.Dispose();

    [Theory]
    [InlineData("freeze mem disk", "suspend", true)]
    [InlineData("freeze", "suspend", true)]
    [InlineData("disk", "suspend", false)]
    [InlineData("freeze mem", "hibernate", false)]
    [InlineData("freeze mem", "hybrid-sleep", false)]
    [InlineData("freeze mem", "suspend-then-hibernate", false)]
    [InlineData("freeze mem disk", "nap", false)]
    public void CanSleep_GoesByWhatTheKernelLists(string states, string operation, bool can)
    {
        File.WriteAllText(_power["state"], states + "\n");

        Assert.Equal(can, new SleepStates(_power.Path).CanSleep(operation));
    }

    [Fact]
    public void CanSleep_WithoutTheKernelsFiles_IsNever() => Assert.False(new SleepStates(_power.Path).CanSleep("suspend"));
}
