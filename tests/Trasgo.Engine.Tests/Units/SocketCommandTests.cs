using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>The processes of a socket itself: its Exec*= lines, and the change of owner.</summary>
public class SocketCommandTests
{
    [Fact]
    public void Commands_RunInTheirStates_AroundTheListening()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nExecStartPre=/exit/0 pre\nExecStartPost=/exit/0 post\nExecStopPre=/exit/0 before\nExecStopPost=/exit/0 after");

        place.World.Start("a.socket");
        Assert.Equal(SocketState.Listening, socket.State);
        place.World.Stop("a.socket");

        Assert.Equal(SocketState.Dead, socket.State);
        Assert.Equal(["/exit/0 pre", "/exit/0 post", "/exit/0 before", "/exit/0 after"], place.World.Commands);
    }

    [Theory]
    [InlineData("ExecStartPre=/exit/3", "exit-code", false)]
    [InlineData("ExecStartPre=/signal/9", "signal", false)]
    [InlineData("ExecStartPre=/dump/6", "core-dump", false)]
    [InlineData("ExecStartPre=/nofork", "resources", false)]
    [InlineData("ExecStartPost=/exit/3", "exit-code", true)]
    public void CommandThatFails_FailsTheStart(string line, string result, bool wasOpen)
    {
        using var place = new SocketPlace();
        var socket = place.Socket($"ListenStream=$/a\n{line}");

        place.World.Start("a.socket");

        Assert.Equal(SocketState.Failed, socket.State);
        Assert.Equal(result, socket.ResultName);
        Assert.Equal(wasOpen, FileSystem.Status(place["a"]).Ok);
    }

    [Fact]
    public void CommandThatHangs_IsKilledAfterTimeoutSec()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nExecStartPre=/hangs\nTimeoutSec=5s");
        place.World.Start("a.socket");
        Assert.Equal(SocketState.StartPre, socket.State);

        place.World.Advance(5);

        Assert.Equal(SocketState.Failed, socket.State);
        Assert.Equal("timeout", socket.ResultName);
    }

    [Fact]
    public void SocketUser_IsSetByAProcess_BeforeAnybodyIsListenedTo()
    {
        using var place = new SocketPlace();
        place.World.Executor.OwnerChangePath = "/looks-it-up";
        var socket = place.Socket("ListenStream=$/a\nListenStream=@trasgo-test-owner\nListenFIFO=$/f\nSocketUser=somebody\nSocketGroup=them");

        place.World.Start("a.socket");

        Assert.Equal(SocketState.StartChown, socket.State);
        Assert.Equal($"chown somebody them {place["a"]} {place["f"]}", Assert.Single(place.World.Commands));
        place.World.Exit(place.World.Find(socket.ControlPid));
        Assert.Equal(SocketState.Listening, socket.State);
    }

    [Fact]
    public void SocketUser_ThatIsUnknown_FailsTheSocket()
    {
        using var place = new SocketPlace();
        place.World.Executor.OwnerChangePath = "/exit/217";
        var socket = place.Socket("ListenStream=$/a\nSocketUser=nobody-knows");

        place.World.Start("a.socket");

        Assert.Equal(SocketState.Failed, socket.State);
        Assert.Equal("exit-code", socket.ResultName);
        Assert.True(place.World.Logged("status=217/USER"));
    }
}
