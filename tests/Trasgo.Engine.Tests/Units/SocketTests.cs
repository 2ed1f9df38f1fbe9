using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Sockets that hand their descriptors to one service (Accept=no), from opening to closing.</summary>
public class SocketTests
{
    [Fact]
    public void Started_Listens_AndStartsNothing()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a");

        Assert.Null(place.World.Start("a.socket"));

        Assert.Equal(SocketState.Listening, socket.State);
        Assert.Equal(UnitActiveState.Active, socket.ActiveState);
        Assert.Empty(place.World.Executor.Requests);
        Assert.True(FileSystem.Status(place["a"]).Value.IsSocket);
    }

    [Fact]
    public void Connection_StartsTheService_AndTheSocketRuns()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nListenDatagram=$/b\nFileDescriptorName=mine");
        place.World.Start("a.socket");

        place.Connect("a");

        Assert.Equal(SocketState.Running, socket.State);
        Assert.Equal(ServiceState.Running, place.Service().State);
        var request = Assert.Single(place.World.Executor.Requests);
        Assert.Equal([(socket.Ports[0].Descriptor!, "mine"), (socket.Ports[1].Descriptor!, "mine")], request.Descriptors.Select(static passed => (passed.Descriptor, passed.Name)));
    }

    [Fact]
    public void Datagram_StartsTheService()
    {
        using var place = new SocketPlace();
        place.Socket("ListenDatagram=$/a");
        place.World.Start("a.socket");

        UnixSocket.Send(place.Dial("a", SocketType.Datagram), "x"u8);
        place.World.Settle();

        Assert.Equal(ServiceState.Running, place.Service().State);
    }

    [Fact]
    public void Fifo_ThatIsWrittenTo_StartsTheService()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenFIFO=$/sub/fifo\nDirectoryMode=0711\nSocketMode=0640");
        place.World.Start("a.socket");
        Assert.Equal(SocketState.Listening, socket.State);
        Assert.Equal(0x1A0U, FileSystem.Status(place["sub/fifo"]).Value.Permissions);
        Assert.Equal(0x1C9U, FileSystem.Status(place["sub"]).Value.Permissions);

        using var writer = FileSystem.Open(place["sub/fifo"], OpenFlags.WriteOnly | OpenFlags.NonBlock).OrThrow("open");
        FileSystem.Write(writer, "x"u8);
        place.World.Settle();

        Assert.Equal(ServiceState.Running, place.Service().State);
    }

    [Theory]
    [InlineData("ListenStream", "ListenStream", true, true, false)]
    [InlineData("ListenDatagram", "ListenDatagram", true, true, false)]
    [InlineData("ListenSequentialPacket", "ListenSequentialPacket", true, true, false)]
    [InlineData("ListenStream", "ListenDatagram", true, true, false)]
    [InlineData("ListenStream", "ListenStream", true, false, true)]
    [InlineData("ListenStream", "ListenStream", false, true, true)]
    public void Started_WhereSomethingIs_ReplacesItUnlessSomebodyBesideUsHasItOpen(string theirs, string ours, bool shared, bool open, bool replaced)
    {
        using var place = new SocketPlace();
        place.World.Context.SharesHost = shared;
        var other = place.Socket($"{theirs}=$/a", name: "other");
        place.World.Start("other.socket");
        if (!open)
        {
            place.World.Stop("other.socket");
        }

        var socket = place.Socket($"{ours}=$/a");
        place.World.Start("a.socket");

        Assert.Equal(open ? UnitActiveState.Active : UnitActiveState.Inactive, other.ActiveState);
        Assert.Equal(replaced ? SocketState.Listening : SocketState.Failed, socket.State);
        Assert.True(replaced || socket.Result == SocketResult.Resources);
    }

    [Fact]
    public void Socket_InThePlaceOfTheManagersOwnBus_TakesIt()
    {
        using var place = new SocketPlace();
        place.World.Context.SharesHost = true;
        using var ours = UnixSocket.Listen(place["bus"], SocketType.Stream).OrThrow("listen");
        place.World.Context.StandInBusPath = place["bus"];

        var socket = place.Socket("ListenStream=$/bus");
        place.World.Start("a.socket");

        Assert.Equal(SocketState.Listening, socket.State);
    }

    [Fact]
    public void ServiceThatEnds_LetsItsSocketListenAgain()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a");
        place.World.Start("a.socket");
        place.Connect("a");
        place.World.Context.SocketsOf(place.Service())[0].Descriptor.Accept();

        place.World.Exit(place.World.Main(place.Service()));

        Assert.Equal(SocketState.Listening, socket.State);
        Assert.Equal(ServiceState.Dead, place.Service().State);
    }

    [Fact]
    public void TrafficThatNobodyTakes_StartsTheServiceUntilTheTriggerLimit()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nTriggerLimitBurst=3\nTriggerLimitIntervalSec=10s", "ExecStart=/exit/0\nType=oneshot");
        place.World.Start("a.socket");

        place.Connect("a");

        Assert.Equal(SocketState.Failed, socket.State);
        Assert.Equal("trigger-limit-hit", socket.ResultName);
        Assert.Equal(3, place.World.Executor.Requests.Count);
    }

    [Fact]
    public void ServiceThatHitsItsStartLimit_TakesTheSocketWithIt()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a", "ExecStart=/exit/1\nType=oneshot");
        place.World.Start("a.socket");

        place.Connect("a");

        Assert.Equal(SocketState.Failed, socket.State);
        Assert.Equal("service-start-limit-hit", socket.ResultName);
        Assert.Equal(5, place.World.Executor.Requests.Count);
    }

    [Fact]
    public void ServiceThatRuns_RefusesTheStartOfItsSocket()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a");
        place.World.Start("a.service");

        place.World.Start("a.socket");

        Assert.Equal(SocketState.Dead, socket.State);
        Assert.True(place.World.Logged("Socket service a.service already active, refusing."));
    }

    [Fact]
    public void ServiceThatIsNotThere_RefusesTheStartOfItsSocket()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nService=none.service");

        place.World.Start("a.socket");

        Assert.Equal(SocketState.Dead, socket.State);
        Assert.True(place.World.Logged("Socket service none.service not loaded, refusing."));
    }

    [Fact]
    public void ServiceThatIsStartedByHand_GetsTheDescriptors_AndTheSocketRuns()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a");
        place.World.Start("a.socket");

        place.World.Start("a.service");

        Assert.Equal(SocketState.Running, socket.State);
        Assert.Equal("a.socket", Assert.Single(place.World.Executor.Requests[0].Descriptors).Name);
    }

    [Fact]
    public void SeveralSockets_AllGoToTheirService_AndRunWithIt()
    {
        using var place = new SocketPlace();
        place.World.File("a.service", "[Service]\nExecStart=/daemon\n");
        place.World.File("b.socket", $"[Socket]\nListenStream={place["b"]}\nService=a.service\n");
        place.World.File("c.socket", $"[Socket]\nListenStream={place["c"]}\nService=a.service\nFileDescriptorName=third\n");
        foreach (var name in (string[])["b.socket", "c.socket"])
        {
            place.World.Load(name);
            place.World.Start(name);
        }

        place.Connect("c");

        Assert.Equal(["b.socket", "third"], place.World.Executor.Requests[0].Descriptors.Select(static passed => passed.Name).Order(StringComparer.Ordinal));
        Assert.Equal("running", place.World.Unit("b.socket").SubState);
        Assert.Equal("running", place.World.Unit("c.socket").SubState);
    }

    [Fact]
    public void Stopped_ClosesItsDescriptors_AndLeavesTheFile()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a");
        place.World.Start("a.socket");

        place.World.Stop("a.socket");

        Assert.Equal(SocketState.Dead, socket.State);
        Assert.Empty(socket.Ports);
        Assert.True(FileSystem.Status(place["a"]).Ok);
        Assert.Equal(Errno.ECONNREFUSED, UnixSocket.Connect(place["a"]).Error);
    }

    [Fact]
    public void RemoveOnStop_RemovesFilesAndLinks()
    {
        using var place = new SocketPlace();
        place.Socket("ListenStream=$/a\nSymlinks=$/links/one $/links/two\nRemoveOnStop=yes");
        place.World.Start("a.socket");
        Assert.Equal(place["a"], FileSystem.ReadLink(place["links/two"]).Value);

        place.World.Stop("a.socket");

        Assert.Empty(Directory.EnumerateFileSystemEntries(place["links"]));
        Assert.Equal(Errno.ENOENT, FileSystem.Status(place["a"]).Error);
    }

    [Fact]
    public void FileInTheWay_IsReplaced_AndASecondStartIsNoHindrance()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a");
        for (var i = 0; i < 2; i++)
        {
            place.World.Start("a.socket");
            Assert.Equal(SocketState.Listening, socket.State);
            place.World.Stop("a.socket");
        }
    }

    [Fact]
    public void AddressInUse_FailsTheSocket_AndClosesWhatWasOpened()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nListenStream=@trasgo-test-taken");
        using var taken = UnixSocket.Listen("@trasgo-test-taken", SocketType.Stream).OrThrow("listen");

        place.World.Start("a.socket");

        Assert.Equal(SocketState.Failed, socket.State);
        Assert.Equal("resources", socket.ResultName);
        Assert.Empty(socket.Ports);
        Assert.True(place.World.Logged("Failed to create listening socket (@trasgo-test-taken): Address already in use"));
        Assert.Equal(["a.socket/start failed"], place.World.Jobs.Ended);
    }

    [Fact]
    public void FlushPending_ForgetsWhatTheServiceLeft()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nFlushPending=yes", "ExecStart=/exit/0\nType=oneshot");
        place.World.Start("a.socket");

        place.Connect("a");

        Assert.Equal(SocketState.Listening, socket.State);
        Assert.Single(place.World.Executor.Requests);
    }

    [Fact]
    public void TrafficWhileItIsToStop_StartsNothing()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nExecStopPre=/lasts");
        place.World.Start("a.socket");
        place.World.Stop("a.socket");
        Assert.Equal(SocketState.StopPre, socket.State);

        place.Connect("a");

        Assert.Equal(["/lasts"], place.World.Commands);
    }

    [Fact]
    public void DaemonReload_KeepsWhatIsOpen_ClosesWhatIsGone_AndOpensNothing()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nListenStream=$/b");
        place.World.Start("a.socket");
        var kept = socket.Ports[1].Descriptor;

        place.World.File("a.socket", $"[Socket]\nListenStream={place["b"]}\nListenStream={place["c"]}\n");
        place.World.DaemonReload();

        Assert.Equal([kept, null], socket.Ports.Select(static port => port.Descriptor));
        Assert.True(place.World.Logged("some socket file descriptors have not been opened yet"));
        Assert.Equal(Errno.ECONNREFUSED, UnixSocket.Connect(place["a"]).Error);
        place.Connect("b");
        Assert.Equal(ServiceState.Running, place.Service().State);
    }

    [Fact]
    public void RestartOfTheService_LeavesTheSocketOpen()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a");
        place.World.Start("a.socket");
        place.Connect("a");
        var open = socket.Ports[0].Descriptor;

        place.World.Restart("a.service");

        Assert.Same(open, socket.Ports[0].Descriptor);
        Assert.False(open!.IsClosed);
        Assert.Equal(ServiceState.Running, place.Service().State);
        Assert.Equal(2, place.World.Executor.Requests.Count);
        Assert.Equal(SocketState.Running, socket.State);
    }

    [Theory]
    [InlineData("", "Unit has no Listen setting")]
    [InlineData("ListenDatagram=/a\nAccept=yes", "sockets are non-accepting")]
    [InlineData("ListenStream=/a\nAccept=yes\nMaxConnections=0", "MaxConnection= setting too small")]
    [InlineData("ListenStream=/a\nAccept=yes\nService=b.service", "Explicit service configuration for accepting socket units")]
    [InlineData("ListenStream=/a\nListenStream=/b\nSymlinks=/c", "none or more than one node in the file system")]
    public void Settings_ThatMakeNoSense_AreRefused(string lines, string reason)
    {
        using var world = new UnitWorld();
        world.File("a.socket", $"[Socket]\n{lines}\n");

        var socket = world.Load("a.socket");

        Assert.Equal(UnitLoadState.BadSetting, socket.LoadState);
        Assert.True(world.Logged(reason));
    }

    [Fact]
    public void Paths_OfItsLines_NeedTheirMounts_AndTheServiceComesAfterTheSocket()
    {
        using var place = new SocketPlace();
        var socket = place.Socket("ListenStream=$/a\nListenStream=@abstract");

        Assert.Equal([place["a"]], place.World.Context.Loader.Mounts.PathsOf(socket));
        Assert.True(place.Service().HasDependency(UnitDependency.After, socket));
        Assert.True(place.Service().HasDependency(UnitDependency.TriggeredBy, socket));
        Assert.True(socket.HasDependency(UnitDependency.Before, place.World.Unit("sockets.target")));
        Assert.True(socket.HasDependency(UnitDependency.Requires, place.World.Unit("sysinit.target")));
    }
}

file static class Taking
{
    public static void Accept(this Descriptor listener) => ListenSocket.Accept(listener, out _).OrThrow("accept").Dispose();
}
