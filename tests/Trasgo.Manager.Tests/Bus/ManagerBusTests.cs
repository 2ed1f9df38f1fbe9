using Trasgo.Bus.Client;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Manager.Bus;

namespace Trasgo.Manager.Tests.Bus;

public sealed class ManagerBusTests : IDisposable
{
    private readonly BusWorld _world = new();
    private readonly BusClient _client;

    public ManagerBusTests()
    {
        _world.Units.File("a.service", "[Unit]\nDescription=The A\n[Service]\nExecStart=/a\nRestart=on-failure\n");
        _client = _world.Connect();
    }

    public void Dispose()
    {
        Assert.Empty(_world.Bugs);
        _client.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void StartUnit_Loads_Starts_AndTellsOfTheJobBeforeItsPath()
    {
        var path = Call("StartUnit", "a.service", "replace").Read().ObjectPath();
        Assert.StartsWith(BusPaths.Jobs + "/", path, StringComparison.Ordinal);
        var members = new List<string>();
        while (_client.ReadSignal(0) is { Ok: true } received)
        {
            members.Add(received.Value.Member!);
        }

        Assert.Contains("JobNew", members);
        _world.Units.Settle();
        Assert.Equal(UnitActiveState.Active, _world.Units.Unit("a.service").ActiveState);
        Assert.Equal("active", BusWorld.Property(_client, BusPaths.OfUnit("a.service"), "org.freedesktop.systemd1.Unit", "ActiveState"));
    }

    [Theory]
    [InlineData("StartUnit", "nope.service", JobErrors.NoSuchUnit, "Unit nope.service not found.")]
    [InlineData("StopUnit", "nope.service", JobErrors.NoSuchUnit, "Unit nope.service not loaded.")]
    [InlineData("StartUnit", "no name", BusErrorNames.InvalidArgs, "Unit name no name is not valid.")]
    [InlineData("StartUnit", "a@.service", BusErrorNames.InvalidArgs, "Unit name a@.service is missing the instance name.")]
    [InlineData("StartUnit", "../a.service", BusErrorNames.InvalidArgs, "Unit name ../a.service is not valid.")]
    public void Requests_ThatCannotBe_AreRefusedInSystemdsWords(string member, string unit, string error, string text)
    {
        using var reply = Call(member, unit, "replace");
        Assert.Equal(error, reply.ErrorName);
        Assert.Equal(text, reply.Read().String());
    }

    [Theory]
    [InlineData("a@.service", BusErrorNames.InvalidArgs, "Unit name a@.service is neither a valid invocation ID nor unit name.")]
    [InlineData("tab\t", BusErrorNames.InvalidArgs, "Unit name tab\\t is neither a valid invocation ID nor unit name.")]
    [InlineData("0123456789ABCDEF0123456789abcdef", "org.freedesktop.systemd1.NoUnitForInvocationID", "No unit with the specified invocation ID 0123456789abcdef0123456789abcdef known.")]
    public void UnitPath_ThatLeadsToNone_SaysWhy(string label, string error, string text)
    {
        using var reply = BusWorld.Call(_client, BusPaths.OfUnit(label), "org.freedesktop.DBus.Properties", "Get", "org.freedesktop.systemd1.Unit", "Id");
        Assert.Equal(error, reply.ErrorName);
        Assert.Equal(text, reply.Read().String());
    }

    [Fact]
    public void Login_SleepThatTheKernelDoesNotOffer_IsRefused()
    {
        using var reply = BusWorld.Call(_client, LoginInterface.ObjectPath, "org.freedesktop.login1.Manager", "SuspendThenHibernateWithFlags", 0UL);
        Assert.Equal("org.freedesktop.login1.SleepVerbNotSupported", reply.ErrorName);
        Assert.Equal("Sleep verb \"suspend-then-hibernate\" not supported", reply.Read().String());
    }

    [Fact]
    public void StartUnit_UnknownMode_IsRefused() => Assert.Equal("Job mode soon invalid", Call("StartUnit", "a.service", "soon").Read().String());

    [Theory]
    [InlineData("GetUnit", "Unit b.service not loaded.")]
    [InlineData("KillUnit", "Unit b.service not loaded.")]
    [InlineData("ResetFailedUnit", "Unit b.service not loaded.")]
    [InlineData("GetUnitProcesses", "Unit b.service not loaded.")]
    public void Questions_AboutUnitsNotLoaded_DoNotLoadThem(string member, string text)
    {
        using var reply = member == "KillUnit" ? Call(member, "b.service", "all", 15) : Call(member, "b.service");
        Assert.Equal(JobErrors.NoSuchUnit, reply.ErrorName);
        Assert.Equal(text, reply.Read().String());
        Assert.False(_world.Engine.Units.Has("b.service"));
    }

    [Fact]
    public void GetUnitByPid_OfNobody_IsRefused()
    {
        using var reply = Call("GetUnitByPID", 4_000_000u);
        Assert.Equal("org.freedesktop.systemd1.NoUnitForPID", reply.ErrorName);
        Assert.Equal("PID 4000000 does not belong to any loaded unit.", reply.Read().String());
    }

    [Fact]
    public void InvocationId_LeadsToTheUnitAndEndsWithTheRun()
    {
        _world.Units.Load("a.service");
        Call("StartUnit", "a.service", "replace").Dispose();
        _world.Units.Settle();
        var id = _world.Units.Unit("a.service").InvocationId;
        var path = Call("GetUnitByInvocationID", Convert.FromHexString(id)).Read().ObjectPath();
        Assert.EndsWith(BusLabel.Escape(id), path, StringComparison.Ordinal);
        Assert.Equal("a.service", BusWorld.Property(_client, path, "org.freedesktop.systemd1.Unit", "Id"));
        using var unknown = Call("GetUnitByInvocationID", new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 });
        Assert.Equal("org.freedesktop.systemd1.NoUnitForInvocationID", unknown.ErrorName);
    }

    [Fact]
    public void ListUnits_ByPatternAndState_FindsThem()
    {
        _world.Units.Load("a.service");
        var reader = Call("ListUnitsByPatterns", Array.Empty<string>(), new[] { "a.*" }).Read();
        Assert.Equal("a(ssssssouso)", reader.Signature);
        Assert.True(reader.EnterArray("(ssssssouso)"));
        reader.EnterStruct();
        Assert.Equal("a.service", reader.String());
        Assert.Equal("The A", reader.String());
        Assert.Equal("loaded", reader.String());
        Assert.Equal("inactive", reader.String());
        Assert.Equal("dead", reader.String());
        reader.LeaveStruct();
        Assert.False(reader.More());
        var none = Call("ListUnitsFiltered", (object)new[] { "failed" }).Read();
        none.EnterArray("(ssssssouso)");
        Assert.False(none.More());
    }

    [Fact]
    public void SetUnitProperties_KnownDirective_BecomesLines()
    {
        _world.Units.Load("a.service");
        using var reply = Call("SetUnitProperties", "a.service", true, Properties(static w =>
        {
            w.String("CPUWeight");
            w.BeginVariant("t");
            w.UInt64(50);
            w.EndVariant();
        }));
        Assert.Equal(MessageType.MethodReturn, reply.Type);
        Assert.Equal(["a.service [Service] CPUWeight=50"], _world.Settings);
    }

    [Fact]
    public void SetUnitProperties_UnknownOrFixed_IsRefused()
    {
        _world.Units.Load("a.service");
        using var reply = Call("SetUnitProperties", "a.service", true, Properties(static w =>
        {
            w.String("ExecStart");
            w.BeginVariant("s");
            w.String("/b");
            w.EndVariant();
        }));
        Assert.Equal(BusErrorNames.PropertyReadOnly, reply.ErrorName);
        Assert.Equal("Cannot set property ExecStart, or unknown property.", reply.Read().String());
        Assert.Empty(_world.Settings);
    }

    /// <summary>CVE-2018-15686: state that was written down as lines took in lines that others had chosen.</summary>
    [Theory]
    [InlineData("a\nExecStart=/evil")]
    [InlineData("a\r[Service]")]
    [InlineData("a\\")]
    [InlineData("a\\\nUser=root")]
    public void SetUnitProperties_DescriptionOfSeveralLines_BecomesOne(string value)
    {
        _world.Units.Load("a.service");
        using var reply = Call("SetUnitProperties", "a.service", true, Properties(w =>
        {
            w.String("Description");
            w.BeginVariant("s");
            w.String(value);
            w.EndVariant();
        }));
        Assert.Equal(MessageType.MethodReturn, reply.Type);
        var line = Assert.Single(_world.Settings);
        Assert.StartsWith("a.service [Unit] Description=a", line, StringComparison.Ordinal);
        Assert.False(line.EndsWith('\\') || line.AsSpan().ContainsAny('\n', '\r'), line);
    }

    [Theory]
    [InlineData("a\nExecStart=/evil")]
    [InlineData("a\r[Service]")]
    [InlineData("a\\")]
    [InlineData("a\\\nUser=root")]
    public void StartTransientUnit_ValueThatIsNoLine_IsRefused(string value)
    {
        using var reply = BusWorld.Call(
            _client, BusPaths.Manager, "org.freedesktop.systemd1.Manager", "StartTransientUnit", "run-2.service", "fail",
            ClientProperty.List([ClientProperty.Of("SyslogIdentifier", value)]), ClientProperty.Units([]));
        Assert.Equal(BusErrorNames.InvalidArgs, reply.ErrorName);
        Assert.Empty(_world.Settings);
    }

    [Fact]
    public void Environment_InvalidAssignments_ChangeNothing()
    {
        Assert.Equal(MessageType.MethodReturn, Call("SetEnvironment", (object)new[] { "A=1", "B=x y" }).Type);
        Assert.Equal("Invalid environment assignments", Call("SetEnvironment", (object)new[] { "C=1", "1=2" }).Read().String());
        Assert.Equal("Invalid environment assignments", Call("SetEnvironment", (object)new[] { "C=\u0001" }).Read().String());
        Assert.Equal("Invalid environment variable names or assignments", Call("UnsetEnvironment", (object)new[] { "a b" }).Read().String());
        Call("UnsetAndSetEnvironment", new[] { "A" }, new[] { "D=4" }).Dispose();
        Assert.Equal(["B=x y", "D=4"], _world.Environment);
    }

    [Fact]
    public void Reload_IsAnsweredWhenItIsDone()
    {
        var call = BusMessage.Call("org.freedesktop.systemd1", BusPaths.Manager, "org.freedesktop.systemd1.Manager", "Reload");
        _client.Send(call);
        Assert.Equal(Linux.Errno.ETIMEDOUT, _client.ReadSignal(0).Error);
        Assert.NotNull(_world.PendingReload);
        _world.PendingReload(null);
        Assert.Equal("running", BusWorld.Property(_client, BusPaths.Manager, "org.freedesktop.systemd1.Manager", "SystemState"));
    }

    [Fact]
    public void JobRemoved_ComesAfterWhatItsUnitHasBecome()
    {
        var unit = _world.Units.Load("a.service");
        _world.Bus.Changes.UnitChanged(unit);
        _world.Units.Settle();
        var made = _world.Engine.Jobs.Enqueue(JobType.Start, unit, JobMode.Replace);
        _world.Bus.Changes.JobChanged(made.Job!);
        _world.Bus.Changes.UnitChanged(unit);
        _world.Bus.Changes.JobRemoved(made.Job!);
        Assert.Equal(["UnitNew", "JobNew", "PropertiesChanged", "PropertiesChanged", "JobRemoved"], Signals());
    }

    [Fact]
    public void UnitChanged_OftenInOneRound_IsToldOnce()
    {
        var unit = _world.Units.Load("a.service");
        for (var i = 0; i < 10; i++)
        {
            _world.Bus.Changes.UnitChanged(unit);
        }

        _world.Units.Settle();
        _world.Bus.Changes.UnitChanged(unit);
        _world.Bus.Changes.UnitChanged(unit);
        _world.Units.Settle();
        _world.Bus.Changes.UnitRemoved(unit);
        Assert.Equal(["UnitNew", "PropertiesChanged", "PropertiesChanged", "UnitRemoved"], Signals());
    }

    [Fact]
    public void UnitChanged_AgainAndAgain_WhileNobodyReads_KeepsTheClientAndTellsHowTheUnitIs()
    {
        var unit = _world.Units.Load("a.service");
        for (var i = 0; i < 5000; i++)
        {
            _world.Bus.Changes.UnitChanged(unit);
            _world.Units.Settle();
            Assert.InRange(_world.Bus.Server.QueuedBytes, 0, 1024 * 1024);
        }

        var behind = _world.Bus.Server.QueuedBytes;
        Assert.True(behind > 256 * 1024, $"{behind} bytes");
        unit.Config.Description = "The last";
        _world.Bus.Changes.UnitChanged(unit);
        var told = Signals();

        Assert.Equal("UnitNew", told[0]);
        Assert.InRange(told.Count, 10, 2000);
        Assert.Equal(0, _world.Bus.Server.QueuedBytes);
        _world.Bus.Changes.UnitChanged(unit);
        Assert.Equal(["PropertiesChanged", "PropertiesChanged"], Signals());
    }

    [Fact]
    public void UnitChanged_WhileOneClientDoesNotRead_IsToldToTheOthersAtOnce()
    {
        using var other = _world.Connect();
        var unit = _world.Units.Load("a.service");
        var told = 0;
        for (var i = 0; i < 3000; i++)
        {
            _world.Bus.Changes.UnitChanged(unit);
            _world.Units.Settle();
            while (other.ReadSignal(0) is { Ok: true })
            {
                told++;
            }
        }

        Assert.Equal(1 + (2 * 2999), told);
    }

    [Fact]
    public void Ref_EndsWithItsConnection()
    {
        using (var other = _world.Connect())
        {
            BusWorld.Call(other, "RefUnit", "a.service").Dispose();
            BusWorld.Call(other, "RefUnit", "a.service").Dispose();
            var unit = _world.Units.Unit("a.service");
            Assert.Equal(2, unit.References);
            BusWorld.Call(other, "UnrefUnit", "a.service").Dispose();
            Assert.Equal(1, unit.References);
        }

        _world.Units.Settle();
        Assert.False(_world.Engine.Units.Has("a.service"));
        Assert.Equal("Unit has not been referenced yet.", Call("UnrefUnit", "a.service").Read().String());
    }

    [Fact]
    public void StartTransientUnit_MakesAndStarts()
    {
        using var reply = BusWorld.Call(
            _client, BusPaths.Manager, "org.freedesktop.systemd1.Manager", "StartTransientUnit", "run-1.service", "fail",
            Properties(static w =>
            {
                w.String("RemainAfterExit");
                w.BeginVariant("b");
                w.Boolean(true);
                w.EndVariant();
            }),
            (Action<MessageWriter>)(static w =>
            {
                w.BeginArray("(sa(sv))");
                w.EndArray();
            }));
        Assert.Contains("run-1.service [Service] RemainAfterExit=yes", _world.Settings);
        using var exists = BusWorld.Call(
            _client, BusPaths.Manager, "org.freedesktop.systemd1.Manager", "StartTransientUnit", "a.service", "fail",
            Properties(static _ => { }, none: true),
            (Action<MessageWriter>)(static w =>
            {
                w.BeginArray("(sa(sv))");
                w.EndArray();
            }));
        Assert.Equal("Unit a.service was already loaded or has a fragment file.", exists.Read().String());
    }

    [Fact]
    public void Login_PowerOff_StartsTheTarget()
    {
        _world.Units.File("/usr/lib/systemd/system/poweroff.target", "[Unit]\nDefaultDependencies=no\n");
        using var reply = BusWorld.Call(_client, LoginInterface.ObjectPath, "org.freedesktop.login1.Manager", "PowerOff", false);
        Assert.Equal(MessageType.MethodReturn, reply.Type);
        _world.Units.Settle();
        Assert.Equal(UnitActiveState.Active, _world.Units.Unit("poweroff.target").ActiveState);
    }

    [Fact]
    public void GetAll_EveryUnitType_IsWellFormed()
    {
        string[] names =
        [
            "a.service", "a.socket", "a.target", "a.device", "a.mount", "a.automount", "a.swap", "a.timer", "a.path", "a.slice", "a.scope",
        ];
        foreach (var name in names)
        {
            using var reply = BusWorld.Call(_client, BusPaths.OfUnit(name), "org.freedesktop.DBus.Properties", "GetAll", "");
            Assert.Equal(MessageType.MethodReturn, reply.Type);
            Assert.True(BodyValidator.IsValid(reply.BodyBytes.Span, reply.Signature, reply.BigEndian, 0), name);
            Assert.True(reply.BodyBytes.Length > 2000, name);
        }
    }

    private List<string> Signals()
    {
        var members = new List<string>();
        while (_client.ReadSignal(0) is { Ok: true } received)
        {
            members.Add(received.Value.Member!);
        }

        return members;
    }

    private BusMessage Call(string member, params object[] arguments) => BusWorld.Call(_client, member, arguments);

    private static Action<MessageWriter> Properties(Action<MessageWriter> one, bool none = false) => writer =>
    {
        writer.BeginArray("(sv)");
        if (!none)
        {
            writer.BeginStruct();
            one(writer);
            writer.EndStruct();
        }

        writer.EndArray();
    };
}
