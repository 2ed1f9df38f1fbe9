namespace Trasgo.Oracle;

/// <summary>Masks take out what differs between two runs, and no more.</summary>
public sealed class MasksTests
{
    [Theory]
    [InlineData("        CPU: 5ms", "        CPU: <figure>")]
    [InlineData("        CPU: 1min 2.345s", "        CPU: <figure>")]
    [InlineData("      Tasks: 3 (limit: 4915)", "      Tasks: <figure> (limit: <figure>)")]
    [InlineData("     Memory: 1.2M (max: 2.0G available: 1.9G)", "     Memory: <figure> (max: <figure> available: <figure>)")]
    [InlineData("JOB  UNIT TYPE  STATE\n1234 a.service start running", "JOB UNIT TYPE  STATE\n<job> a.service start running")]
    [InlineData("     CGroup: /system.slice/tester.service/trasgo-140/app.slice/a.service", "     CGroup: /system.slice/tester.service/app.slice/a.service")]
    [InlineData("7   a.service start running", "<job> a.service start running")]
    [InlineData("Enqueued anchor job 12 a.service/stop.", "Enqueued anchor job <job> a.service/stop.")]
    public void Figure_IsTakenOut_ItsPlaceIsKept(string text, string masked) => Assert.Equal(masked, Masks.Apply(text));

    [Fact]
    public void Log_BelowAUnit_GoesWithTheEmptyLineBeforeIt()
    {
        const string Status = "● a.service\n     Active: failed\n\nNov 21 12:05:12 host systemd[1]: Started.\nNov 21 12:05:13 host a[9]: bye\n\n● b.service";

        Assert.Equal("● a.service\n     Active: failed\n\n● b.service", Masks.Apply(Status));
    }
}
