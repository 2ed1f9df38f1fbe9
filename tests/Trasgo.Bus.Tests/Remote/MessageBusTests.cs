using Trasgo.Bus.Remote;
using Trasgo.Bus.Tests.Server;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Tests.Remote;

/// <summary>The place on a message bus, with a daemon that does what it should and one that does not.</summary>
public sealed class MessageBusTests
{
    private const uint SomeUser = 1000;

    [Fact]
    public void Connect_DaemonIsThere_OwnsItsName()
    {
        using var daemon = new FakeDaemon();
        daemon.Connect();
        Assert.Equal(":1.1", daemon.Bus.UniqueName);
        Assert.Equal(["Hello", "RequestName net.example.Spirit"], daemon.Got);
        Assert.Equal(["named"], daemon.Events);
    }

    [Fact]
    public void Connect_DaemonSaysNothing_WaitsWithoutBlockingAndTriesAgainWhenItHasHungUp()
    {
        using var daemon = new FakeDaemon { IsSilent = true };
        daemon.Connect();
        Assert.False(daemon.Bus.IsConnected);
        daemon.HangUp();
        daemon.IsSilent = false;
        daemon.Advance(1);
        Assert.True(daemon.Bus.IsConnected);
    }

    [Fact]
    public void Call_OfAStranger_WaitsForItsCredentials()
    {
        using var daemon = new FakeDaemon();
        daemon.Uids[":1.7"] = SomeUser;
        daemon.Connect();
        daemon.CallFrom(":1.7", "Look");
        daemon.CallFrom(":1.7", "Look");
        daemon.Settle();
        Assert.Equal([":1.7 seen", ":1.7 seen"], daemon.Answers);
        Assert.Equal(["AddMatch :1.7", "GetConnectionCredentials :1.7"], daemon.Got[2..]);
    }

    [Fact]
    public void Recalled_WhoIsStillThere_IsKnownAndWatched()
    {
        using var daemon = new FakeDaemon();
        daemon.Uids[":1.7"] = SomeUser;
        daemon.Bus.Callers.Recall(":1.7").Subscribed = true;
        daemon.Connect();
        Assert.Equal(["AddMatch :1.7", "GetConnectionCredentials :1.7"], daemon.Got[2..]);
        Assert.Equal(1, daemon.Bus.Callers.Subscribed);

        daemon.OwnerChanged(":1.7", ":1.7", "");
        daemon.Settle();
        Assert.Contains("gone :1.7", daemon.Events);
        Assert.Equal(0, daemon.Bus.Callers.Subscribed);
    }

    [Fact]
    public void Recalled_WhoHasLeftMeanwhile_IsGone()
    {
        using var daemon = new FakeDaemon();
        daemon.Bus.Callers.Recall(":1.7").Subscribed = true;
        daemon.Connect();
        Assert.Equal(["named", "gone :1.7"], daemon.Events.Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(0, daemon.Bus.Callers.Count);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(77u)]
    public void Call_OfRootOrOurOwnUser_MayDoEverything(uint uid)
    {
        using var daemon = new FakeDaemon();
        daemon.Uids[":1.7"] = uid;
        daemon.Connect();
        daemon.CallFrom(":1.7", "Ruin");
        daemon.CallFrom(":1.7", "Change", "it");
        daemon.Settle();
        Assert.Equal([":1.7 ", $":1.7 it by {uid}"], daemon.Answers);
    }

    [Fact]
    public void Call_OfAnotherUser_GetsWhatTheGatekeeperAllows()
    {
        using var daemon = new FakeDaemon();
        daemon.Uids[":1.7"] = SomeUser;
        daemon.Connect();
        daemon.CallFrom(":1.7", "Ruin");
        daemon.CallFrom(":1.7", "Change", "this");
        daemon.CallFrom(":1.7", "Change", "that");
        daemon.CallFrom(":1.7", "Look");
        daemon.Settle();
        daemon.Gate.Decide(admit: true);
        daemon.Gate.Decide(admit: false);
        daemon.Settle();
        Assert.Equal(
            [":1.7 org.freedesktop.DBus.Error.AccessDenied", ":1.7 seen", ":1.7 this by 1000", ":1.7 org.freedesktop.DBus.Error.AccessDenied"],
            daemon.Answers);
    }

    [Fact]
    public void Caller_WhoLeaves_IsTold_AndItsMatchIsTakenBack()
    {
        using var daemon = new FakeDaemon();
        daemon.Uids[":1.7"] = SomeUser;
        daemon.Connect();
        daemon.CallFrom(":1.7", "Look");
        daemon.Settle();
        daemon.OwnerChanged(":1.7", ":1.7", "");
        daemon.Settle();
        Assert.Contains("gone :1.7", daemon.Events);
        Assert.Equal("RemoveMatch :1.7", daemon.Got[^1]);
        Assert.Equal(0, daemon.Bus.Callers.Count);
    }

    [Fact]
    public void Caller_WhoHasLeftBeforeItsCredentialsCame_IsForgotten()
    {
        using var daemon = new FakeDaemon();
        daemon.Connect();
        daemon.CallFrom(":1.8", "Look");
        daemon.Settle();
        Assert.Empty(daemon.Answers);
        Assert.Equal(0, daemon.Bus.Callers.Count);
    }

    [Fact]
    public void Callers_MoreThanAreRemembered_AreAnsweredAllTheSame()
    {
        using var daemon = new FakeDaemon();
        daemon.Connect();
        for (var i = 0; i < 1000; i++)
        {
            daemon.Uids[$":2.{i}"] = SomeUser;
            daemon.CallFrom($":2.{i}", "Look");
            daemon.Settle();
        }

        Assert.Equal(1000, daemon.Answers.Count);
        Assert.InRange(daemon.Bus.Callers.Count, 1, new BusConnectionLimits().CallersAtMost);
    }

    [Fact]
    public void Call_LargerThanAllowed_IsRefusedAndTheConnectionLives()
    {
        using var daemon = new FakeDaemon();
        daemon.Uids[":1.7"] = SomeUser;
        daemon.Connect();
        daemon.CallFrom(":1.7", "Change", new string('x', BusLimits.IncomingMessageBytes));
        daemon.CallFrom(":1.7", "Look");
        daemon.Settle();
        Assert.Equal([":1.7 " + BusErrorNames.LimitsExceeded, ":1.7 seen"], daemon.Answers);
        Assert.Equal(["named"], daemon.Events);
    }

    // What the daemon lets through may still be against our own bounds, which are narrower. Here it is an object path that is none.
    [Fact]
    public void Call_ThatCannotBeRead_IsDroppedAndTheConnectionLives()
    {
        using var daemon = new FakeDaemon();
        daemon.Uids[":1.7"] = SomeUser;
        daemon.Connect();
        using var first = BusMessage.Call(TestServer.Name, "/a", TestServer.Name, "Look");
        using var header = new MessageWriter();
        HeaderCodec.Write(first, 9, header);
        var bytes = header.Written.ToArray();
        bytes[24] = (byte)'?';
        daemon.Raw(bytes);
        daemon.CallFrom(":1.7", "Look");
        daemon.Settle();
        Assert.Equal([":1.7 seen"], daemon.Answers);
    }

    [Fact]
    public void Connection_ThatEnds_TakesEverybodyAlong_AndIsMadeAgain()
    {
        using var daemon = new FakeDaemon();
        daemon.Uids[":1.7"] = SomeUser;
        daemon.Connect();
        daemon.CallFrom(":1.7", "Look");
        daemon.Settle();
        daemon.HangUp();
        daemon.Settle();
        Assert.Equal(["named", "gone :1.7", "lost"], daemon.Events);
        daemon.Advance(1);
        Assert.Equal("named", daemon.Events[^1]);
    }

    [Fact]
    public void TryConnect_NobodyThere_IsNotRepeated()
    {
        using var daemon = new FakeDaemon();
        daemon.Bus.TryConnect(daemon.Address + "-not");
        daemon.Settle();
        Assert.Null(daemon.Loop.NextWakeUp(Clock.Monotonic));
    }

    // The listener is this process's own.
    [Fact]
    public void TryConnect_ToASocketOfOurs_IsLeftAlone()
    {
        using var daemon = new FakeDaemon();
        daemon.Bus.TryConnect(daemon.Address);
        daemon.Settle();
        Assert.Empty(daemon.Got);
    }

    [Fact]
    public void OwnCall_NeverAnswered_TimesOut()
    {
        using var daemon = new FakeDaemon();
        daemon.Connect();
        string? error = null;
        daemon.Bus.Call(BusMessage.Call(":1.9", "/", "a.b", "Ask"), answer => error = answer.ErrorName);
        daemon.Advance(24);
        Assert.Null(error);
        daemon.Advance(2);
        Assert.Equal(BusErrorNames.NoReply, error);
    }

    [Fact]
    public void OwnCall_ConnectionEnds_IsAnErrorAtOnce()
    {
        using var daemon = new FakeDaemon();
        daemon.Connect();
        string? error = null;
        daemon.Bus.Call(BusMessage.Call(":1.9", "/", "a.b", "Ask"), answer => error = answer.ErrorName);
        daemon.Settle();
        daemon.HangUp();
        daemon.Settle();
        Assert.Equal(BusErrorNames.Disconnected, error);
    }

    [Fact]
    public void DaemonThatDoesNotRead_IsGivenUpBeforeTheMemoryIs()
    {
        using var daemon = new FakeDaemon();
        daemon.Connect();
        var blob = new string('x', 1024 * 1024);
        for (var i = 0; i < 40 && daemon.Bus.IsConnected; i++)
        {
            using var signal = BusMessage.Signal("/a", "a.b", "C");
            signal.Body.String(blob);
            daemon.Bus.Tell(signal);
            daemon.Loop.RunOnce(0);
        }

        Assert.Contains("lost", daemon.Events);
    }

    [Fact]
    public void NameWatch_IsToldTheOwner_AndEachChange()
    {
        using var daemon = new FakeDaemon();
        var owners = new List<string?>();
        daemon.Bus.Names.Add("net.example.There", owners.Add);
        daemon.Uids["net.example.There"] = 0;
        daemon.Connect();
        daemon.OwnerChanged("net.example.There", ":1.50", "");
        daemon.OwnerChanged("net.example.There", "", ":1.60");
        daemon.Settle();
        Assert.Equal([":1.50", null, ":1.60"], owners);
    }

    [Fact]
    public void NameWatch_NobodyHasTheName_IsToldSoAfterEachConnection()
    {
        using var daemon = new FakeDaemon();
        var owners = new List<string?>();
        daemon.Connect();
        daemon.Bus.Names.Add("net.example.Nowhere", owners.Add);
        daemon.Settle();
        daemon.HangUp();
        daemon.Settle();
        daemon.Advance(1);
        Assert.Equal([null, null], owners);
    }
}
