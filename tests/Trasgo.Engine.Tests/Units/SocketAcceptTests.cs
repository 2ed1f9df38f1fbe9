using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.Tests.Shared;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Accept=yes: an instance for each connection, and what limits them.</summary>
public class SocketAcceptTests
{
    [Fact]
    public void Connection_OverAUnixSocket_IsServedByAnInstanceNamedForItsPeer()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nAccept=yes", "ExecStart=/daemon");
        place.World.Start("a.socket");

        place.Connect("a");
        place.Connect("a");

        Assert.Equal(SocketState.Listening, socket.State);
        var (pid, uid) = (Environment.ProcessId, ProcessControl.Uid);
        Assert.Equal([$"a@0-{pid}-{uid}.service", $"a@1-{pid}-{uid}.service"], place.Instances().Select(static unit => unit.Id));
        Assert.Equal((2U, 2U, 0U), (socket.ConnectionCount, socket.AcceptedCount, socket.RefusedCount));
        var request = place.World.Executor.Requests[0];
        Assert.Equal("connection", Assert.Single(request.Descriptors).Name);
        Assert.DoesNotContain(request.Environment, static pair => pair.Key == "REMOTE_ADDR");
        Assert.Equal($"PID {pid}/UID {uid}", place.Instances()[0].Description);
    }

    [Fact]
    public void Connection_OverTheNetwork_IsNamedAndDescribedByItsAddresses()
    {
        using var place = new SocketPlace();
        var port = FreePorts.Next();
        place.Socket($"ListenStream=127.0.0.1:{port}\nAccept=yes", "ExecStart=/daemon\n[Unit]\nDescription=Each");
        place.World.Start("a.socket");

        var peer = place.ConnectTo(port);

        var own = ((System.Net.IPEndPoint)peer.LocalEndPoint!).Port;
        var instance = Assert.Single(place.Instances());
        Assert.Equal($"a@0-127.0.0.1:{port}-127.0.0.1:{own}.service", instance.Id);
        Assert.Equal($"Each (127.0.0.1:{own})", instance.Description);
        var environment = place.World.Executor.Requests[0].Environment.ToDictionary();
        Assert.Equal(("127.0.0.1", $"{own}"), (environment["REMOTE_ADDR"], environment["REMOTE_PORT"]));
    }

    [Fact]
    public void Instance_ThatHasServed_IsForgotten_AndItsConnectionClosed()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nAccept=yes");
        place.World.Start("a.socket");
        var peer = place.Connect("a");
        var instance = Assert.Single(place.Instances());

        place.World.Exit(place.World.Main(instance));

        Assert.Empty(place.Instances());
        Assert.Contains(instance.Id, place.World.Removed);
        Assert.Equal(0U, socket.ConnectionCount);
        Assert.Equal(0, FileSystem.ReadInto(peer, new byte[1]).Value);
    }

    [Fact]
    public void Instance_WhoseMainProcessLeavesOthers_HangsUp_AndCountsUntilTheyAreGone()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nAccept=yes");
        place.World.Start("a.socket");
        var peer = place.Connect("a");
        var instance = Assert.Single(place.Instances());
        var helper = place.World.Fork(place.World.Main(instance), "/helper");
        helper.Ignores.Add(Signo.SIGTERM);

        place.World.Exit(place.World.Main(instance));

        Assert.Equal(ServiceState.StopSigterm, instance.State);
        Assert.Equal(0, FileSystem.ReadInto(peer, new byte[1]).Value);
        Assert.Equal(1U, socket.ConnectionCount);
        place.World.Exit(helper);
        Assert.Equal(0U, socket.ConnectionCount);
        Assert.Empty(place.Instances());
    }

    [Fact]
    public void Instance_ThatFails_StaysToBeLookedAt_WithoutItsConnection()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nAccept=yes", "ExecStart=/exit/1");
        place.World.Start("a.socket");

        place.Connect("a");

        Assert.Equal(ServiceState.Failed, Assert.Single(place.Instances()).State);
        Assert.Equal(0U, socket.ConnectionCount);
        Assert.Equal(SocketState.Listening, socket.State);
    }

    [Fact]
    public void StandardInputSocket_ConnectsTheStream_AndPassesNoDescriptors()
    {
        using var place = new SocketPlace();
        place.Socket("ListenStream=$/a\nAccept=yes", "ExecStart=/daemon\nStandardInput=socket");
        place.World.Start("a.socket");

        place.Connect("a");

        var request = Assert.Single(place.World.Executor.Requests);
        Assert.Empty(request.Descriptors);
        Assert.NotNull(request.StreamSocket.Only);
    }

    [Fact]
    public void StandardInputSocket_WithSeveralSockets_IsAmbiguous()
    {
        using var place = new SocketPlace();
        place.Socket("ListenStream=$/a\nListenStream=$/b", "ExecStart=/daemon\nStandardInput=socket");
        place.World.Start("a.socket");

        place.Connect("a");

        var request = Assert.Single(place.World.Executor.Requests);
        Assert.Equal((null, true), (request.StreamSocket.Only, request.StreamSocket.IsAmbiguous));
    }

    [Fact]
    public void MaxConnections_TurnsAwayWhatIsTooMuch_AndTakesMoreWhenThereIsRoom()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nAccept=yes\nMaxConnections=2");
        place.World.Start("a.socket");
        for (var i = 0; i < 3; i++)
        {
            place.Connect("a");
        }

        Assert.Equal((2U, 2U, 1U), (socket.ConnectionCount, socket.AcceptedCount, socket.RefusedCount));
        place.World.Exit(place.World.Main(place.Instances()[0]));
        place.Connect("a");

        Assert.Equal((2U, 3U, 1U), (socket.ConnectionCount, socket.AcceptedCount, socket.RefusedCount));
        Assert.Equal(SocketState.Listening, socket.State);
    }

    [Fact]
    public void MaxConnectionsPerSource_LeavesOthersTheirTurn()
    {
        using var place = new SocketPlace();
        var port = FreePorts.Next();
        var socket = place.Socket($"ListenStream=127.0.0.1:{port}\nAccept=yes\nMaxConnectionsPerSource=2");
        place.World.Start("a.socket");
        for (var i = 0; i < 5; i++)
        {
            place.ConnectTo(port, from: "127.0.0.2");
        }

        place.ConnectTo(port, from: "127.0.0.3");

        Assert.Equal((3U, 3U), (socket.ConnectionCount, socket.RefusedCount));
        Assert.True(place.World.Logged("Too many incoming connections (3) from source 127.0.0.2, dropping connection."));
        place.World.Exit(place.World.Main(place.Instances()[0]));
        place.ConnectTo(port, from: "127.0.0.2");
        Assert.Equal((3U, 3U), (socket.ConnectionCount, socket.RefusedCount));
    }

    [Fact]
    public void TriggerLimit_FailsTheSocket_AndLeavesTheInstances()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nAccept=yes\nTriggerLimitBurst=2\nTriggerLimitIntervalSec=10s");
        place.World.Start("a.socket");

        place.Connect("a");
        place.Connect("a");
        place.Connect("a");

        Assert.Equal(SocketState.Failed, socket.State);
        Assert.Equal("trigger-limit-hit", socket.ResultName);
        Assert.Equal(2, place.Instances().Count);
        Assert.Equal(1U, socket.RefusedCount);
    }

    [Fact]
    public void TriggerLimitPause_RefusesClientsUntilItIsOver_AndFailsNothing()
    {
        using var place = new SocketPlace();
        var port = FreePorts.Next();
        var socket = place.Socket($"ListenStream=127.0.0.1:{port}\nAccept=yes\nTriggerLimitBurst=2\nTriggerLimitIntervalSec=10s\n[X-Trasgo]\nTriggerLimitPauseSec=60s");
        place.World.Start("a.socket");
        place.ConnectTo(port);
        place.ConnectTo(port);

        var tooMuch = place.ConnectTo(port);

        Assert.Equal(0, tooMuch.Receive(new byte[1]));
        Assert.Equal((2U, 1U, SocketState.Listening), (socket.AcceptedCount, socket.RefusedCount, socket.State));
        Assert.True(place.World.Logged("Trigger limit hit, nobody is served for 1min."));
        place.World.Advance(59);
        Assert.Equal(System.Net.Sockets.SocketError.ConnectionRefused, Assert.Throws<System.Net.Sockets.SocketException>(() => place.ConnectTo(port)).SocketErrorCode);
        place.World.Advance(2);
        place.ConnectTo(port);
        Assert.Equal((3U, 1U, SocketState.Listening), (socket.AcceptedCount, socket.RefusedCount, socket.State));
    }

    [Fact]
    public void TriggerLimitPause_ShorterThanTheInterval_LastsUntilThatIsOver()
    {
        using var place = new SocketPlace();
        var port = FreePorts.Next();
        var socket = place.Socket($"ListenStream=127.0.0.1:{port}\nAccept=yes\nTriggerLimitBurst=1\nTriggerLimitIntervalSec=10s\n[X-Trasgo]\nTriggerLimitPauseSec=1s");
        place.World.Start("a.socket");
        place.ConnectTo(port);
        place.ConnectTo(port);

        place.World.Advance(9);
        Assert.Throws<System.Net.Sockets.SocketException>(() => place.ConnectTo(port));
        place.World.Advance(2);

        place.ConnectTo(port);
        Assert.Equal(2U, socket.AcceptedCount);
    }

    [Fact]
    public void TriggerLimitPause_OfAUnixSocket_MakesClientsWait_AndTurnsThemAwayInTheEnd()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nAccept=yes\nTriggerLimitBurst=1\nTriggerLimitIntervalSec=1s\n[X-Trasgo]\nTriggerLimitPauseSec=5s");
        place.World.Start("a.socket");
        place.Connect("a");
        place.Connect("a");

        var waiting = place.Connect("a");
        Assert.Equal(Errno.EAGAIN, FileSystem.ReadInto(waiting, new byte[1]).Error);
        place.World.Advance(6);

        Assert.Equal(0, FileSystem.ReadInto(waiting, new byte[1]).Value);
        place.Connect("a");
        Assert.Equal((2U, SocketState.Listening), (socket.AcceptedCount, socket.State));
    }

    [Fact]
    public void TriggerLimitPause_OfASocketThatIsStoppedAndStarted_IsOver()
    {
        using var place = new SocketPlace();
        var port = FreePorts.Next();
        var socket = place.Socket($"ListenStream=127.0.0.1:{port}\nAccept=yes\nTriggerLimitBurst=1\nTriggerLimitIntervalSec=1s\n[X-Trasgo]\nTriggerLimitPauseSec=1h");
        place.World.Start("a.socket");
        place.ConnectTo(port);
        place.ConnectTo(port);

        place.World.Stop("a.socket");
        place.World.Advance(2);
        place.World.Start("a.socket");

        place.ConnectTo(port);
        Assert.Equal((2U, SocketState.Listening), (socket.AcceptedCount, socket.State));
    }

    [Fact]
    public void PollLimit_MakesThemWait_AndFailsNothing()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nAccept=yes\nPollLimitBurst=2\nPollLimitIntervalSec=10s");
        place.World.Start("a.socket");
        for (var i = 0; i < 3; i++)
        {
            place.Connect("a");
        }

        Assert.Equal(2U, socket.AcceptedCount);
        place.World.Advance(9);
        Assert.Equal(2U, socket.AcceptedCount);
        place.World.Advance(2);

        Assert.Equal(3U, socket.AcceptedCount);
        Assert.Equal(SocketState.Listening, socket.State);
    }

    [Fact]
    public void Template_ThatIsNotThere_FailsTheSocket()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nAccept=yes");
        place.World.Start("a.socket");
        place.World.Delete("a@.service");

        place.Connect("a");

        Assert.Equal(SocketState.Failed, socket.State);
        Assert.Equal("resources", socket.ResultName);
        Assert.True(place.World.Logged("Maybe the service file is missing or not a template unit?"));
    }

    [Fact]
    public void Instance_WhoseConditionFails_ClosesItsConnection()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nAccept=yes", "ExecStart=/daemon\n[Unit]\nConditionPathExists=/never");
        place.World.FalseConditions.Add("/never");
        place.World.Start("a.socket");

        var peer = place.Connect("a");

        Assert.Empty(place.Instances());
        Assert.Equal(0U, socket.ConnectionCount);
        Assert.Equal(0, FileSystem.ReadInto(peer, new byte[1]).Value);
    }

    [Fact]
    public void Socket_ThatIsStopped_LeavesItsConnectionsAlone_AndIsNotForgottenBeforeThem()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nAccept=yes");
        place.World.Start("a.socket");
        place.Connect("a");
        socket.References = 0;

        place.World.Stop("a.socket");

        var instance = Assert.Single(place.Instances());
        Assert.Equal(ServiceState.Running, instance.State);
        Assert.DoesNotContain("a.socket", place.World.Removed);
        place.World.Exit(place.World.Main(instance));
        Assert.Contains("a.socket", place.World.Removed);
    }

    [Fact]
    public void TemplateSocket_NamesItsInstancesByItsPrefix()
    {
        using var place = new SocketPlace();
        place.World.File("t@.socket", $"[Socket]\nListenStream={place["%i"]}\nAccept=yes\n");
        place.World.File("t@.service", "[Service]\nExecStart=/daemon\n");
        place.World.Load("t@x.socket");
        place.World.Start("t@x.socket");

        place.Connect("x");

        Assert.Equal($"t@0-{Environment.ProcessId}-{ProcessControl.Uid}.service", Assert.Single(place.Instances("t@0")).Id);
    }
}
