using Trasgo.Bus.Client;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Tests.Units;
using Trasgo.Engine.Units;
using Trasgo.Manager.Bus;

namespace Trasgo.Manager.Tests.Bus;

/// <summary>What is told of the instances that serve connections: nothing of those that are gone before anybody could look.</summary>
public sealed class PassingUnitsTests : IDisposable
{
    private readonly BusWorld _world = new();
    private readonly SocketPlace _place;
    private readonly BusClient _client;

    public PassingUnitsTests()
    {
        _place = new SocketPlace { World = _world.Units };
        _world.Units.Listener = new BusObserver(_world.Bus);
        _world.Units.Jobs.Changed = _world.Bus.Changes.JobChanged;
        _world.Units.Jobs.Removed = _world.Bus.Changes.JobRemoved;
        _client = _world.Connect();
        _place.Socket("ListenStream=$/a\nAccept=yes");
        _world.Units.Start("a.socket");
        _world.Units.Advance(1);
        Told();
    }

    private Service Instance => Assert.Single(_place.Instances());

    [Fact]
    public void Instance_ThatIsGoneAtOnce_IsNotMentioned()
    {
        _place.Connect("a");
        _world.Units.Advance(0.09);
        _world.Units.Exit(_world.Units.Main(Instance));
        _world.Units.Advance(10);

        Assert.Empty(_place.Instances());
        Assert.DoesNotContain(Told(), static signal => signal.Contains("a@", StringComparison.Ordinal));
    }

    [Fact]
    public void Instance_ThatStays_IsAnnouncedAfterATenthOfASecond_AndFollowedFromThenOn()
    {
        _place.Connect("a");
        var id = Instance.Id;
        Assert.DoesNotContain($"UnitNew {id}", Told());

        _world.Units.Advance(0.1);
        Assert.Equal([$"UnitNew {id}"], Told().Where(static signal => signal.Contains("a@", StringComparison.Ordinal)));

        _world.Units.Exit(_world.Units.Main(Instance));
        _world.Units.Settle();
        Assert.Contains($"UnitRemoved {id}", Told());
    }

    [Fact]
    public void Instance_ThatFails_IsAnnounced()
    {
        _place.Connect("a");
        var id = Instance.Id;
        _world.Units.Exit(_world.Units.Main(Instance), status: 1);
        _world.Units.Advance(0.1);

        Assert.Equal(UnitActiveState.Failed, Instance.ActiveState);
        Assert.Contains($"UnitNew {id}", Told());
    }

    [Theory]
    [InlineData("ListUnits")]
    [InlineData("GetAll")]
    [InlineData("RefUnit")]
    public void Instance_ThatAClientComesAcross_IsAnnouncedToIt_AndItsEndToo(string member)
    {
        _place.Connect("a");
        var id = Instance.Id;
        using var answer = member == "GetAll"
            ? BusWorld.Call(_client, BusPaths.OfUnit(id), "org.freedesktop.DBus.Properties", member, "org.freedesktop.systemd1.Unit")
            : member == "RefUnit" ? Call(member, id) : Call(member);
        Assert.Null(answer.ErrorName);
        Assert.Contains($"UnitNew {id}", Told());

        _world.Units.Exit(_world.Units.Main(Instance));
        _world.Units.Settle();
        Assert.Contains(member == "RefUnit" ? $"PropertiesChanged {BusPaths.OfUnit(id)}" : $"UnitRemoved {id}", Told());
    }

    [Fact]
    public void Instance_ThatAClientStops_IsAnnouncedBeforeTheJob_AndRemovedAfterIt()
    {
        _place.Connect("a");
        var id = Instance.Id;
        using var answer = Call("StopUnit", id, "replace");

        Assert.Null(answer.ErrorName);
        Assert.Equal(
            [$"UnitNew {id}", $"JobNew {id}", $"JobRemoved {id}", $"UnitRemoved {id}"],
            Told().Where(static signal => signal.Contains("a@", StringComparison.Ordinal)));
    }

    [Fact]
    public void Instances_OneAfterAnother_AreEachAnnouncedInTheirOwnTime()
    {
        _place.Connect("a");
        _world.Units.Advance(0.05);
        _place.Connect("a");
        var ids = _place.Instances().Select(static unit => unit.Id).ToArray();
        _world.Units.Advance(0.05);
        Assert.Equal([$"UnitNew {ids[0]}"], Told().Where(static signal => signal.Contains("a@", StringComparison.Ordinal)));
        _world.Units.Advance(0.05);
        Assert.Equal([$"UnitNew {ids[1]}"], Told().Where(static signal => signal.Contains("a@", StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        _client.Dispose();
        _world.Bus.Dispose();
        _place.Dispose();
        _world.Dispose();
        Assert.Empty(_world.Bugs);
    }

    private BusMessage Call(string member, params object[] arguments) => BusWorld.Call(_client, member, arguments);

    /// <summary>"UnitNew NAME", "JobNew NAME" and their ends, "PropertiesChanged PATH": what has been told since the last question.</summary>
    private List<string> Told()
    {
        var told = new List<string>();
        while (_client.ReadSignal(0) is { Ok: true } received)
        {
            using var signal = received.Value;
            told.Add($"{signal.Member} {SubjectOf(signal)}");
        }

        return told;
    }

    private static string SubjectOf(BusMessage signal)
    {
        var body = signal.Read();
        switch (signal.Member)
        {
            case "UnitNew" or "UnitRemoved":
                return body.String();
            case "JobNew" or "JobRemoved":
                body.UInt32();
                body.ObjectPath();
                return body.String();
            default:
                return signal.Path!;
        }
    }
}
