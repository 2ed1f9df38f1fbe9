using Trasgo.Bus.Client;
using Trasgo.Bus.Server;
using Trasgo.Bus.Tests.Server;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Tests.Units;
using Trasgo.Engine.Units;
using Trasgo.Manager.Bus;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Install;

namespace Trasgo.Manager.Tests.Bus;

/// <summary>An engine on paper with a real bus in front of it, and clients in the same thread.</summary>
internal sealed class BusWorld : IManagerFacade, IDisposable
{
    private const string Name = "org.freedesktop.systemd1";
    private const string ManagerInterfaceName = Name + ".Manager";

    public BusWorld()
    {
        Bus = new ManagerBus(this, onBug: Bugs.Add);
    }

    public UnitWorld Units { get; } = new();

    public ManagerBus Bus { get; }

    /// <summary>What handlers threw: nothing, in a good test.</summary>
    public List<string> Bugs { get; } = [];

    /// <summary>The lines that clients have set, as "a.service [Service] Restart=no".</summary>
    public List<string> Settings { get; } = [];

    public List<string> Environment { get; } = [];

    public Action<Engine.Units.BusFailure?>? PendingReload { get; private set; }

    public List<ManagerEnd> Ends { get; } = [];

    public EngineContext Engine => Units.Context;

    public UnitFileInstaller Installer => new(Engine.Loader.SearchPath, Engine.Loader.Files, Units);

    public ManagerIdentity Identity { get; } =
        new() { Version = "252", Uid = Linux.Processes.Uid(System.Environment.ProcessId) ?? 0, IsInit = true };

    public string SystemState => "running";

    IReadOnlyList<string> IManagerFacade.Environment => Environment;

    public string LogLevel { get; private set; } = "info";

    public string LogTarget => "console";

    public bool ShowStatus => true;

    public byte ExitCode { get; private set; }

    public BusClient Connect()
    {
        var (ours, theirs) = BusSocket.Pair();
        Bus.Server.Accept(theirs);
        return BusClient.Open(new PumpingTransport(Units.Loop, ours)).OrThrow("connect");
    }

    /// <summary>Calls a method of the manager.</summary>
    public static BusMessage Call(BusClient client, string member, params object[] arguments) =>
        Call(client, BusPaths.Manager, ManagerInterfaceName, member, arguments);

    public static BusMessage Call(BusClient client, string path, string interfaceName, string member, params object[] arguments)
    {
        var call = BusMessage.Call(Name, path, interfaceName, member);
        foreach (var argument in arguments)
        {
            Write(call.Body, argument);
        }

        return client.Call(call);
    }

    public static string Property(BusClient client, string path, string interfaceName, string name)
    {
        var reader = Call(client, path, StandardProperties, "Get", interfaceName, name).Read();
        return reader.EnterVariant() switch
        {
            "s" => reader.String(),
            "u" => reader.UInt32().ToString(System.Globalization.CultureInfo.InvariantCulture),
            "as" => string.Join(' ', reader.StringArray()),
            var other => other ?? "error",
        };
    }

    public void Dispose()
    {
        Bus.Dispose();
        Units.Dispose();
    }

    public DualTimestamp TimeOf(ManagerTimestamp moment) => default;

    public bool SetLogLevel(string level)
    {
        LogLevel = level is "debug" or "info" ? level : LogLevel;
        return LogLevel == level;
    }

    public bool SetLogTarget(string target) => false;

    public bool SetShowStatus(string mode) => mode == "auto";

    public Engine.Units.BusFailure? SetExitCode(byte code)
    {
        ExitCode = code;
        return null;
    }

    public Engine.Units.BusFailure? ChangeEnvironment(IReadOnlyList<string> names, IReadOnlyList<string> assignments)
    {
        Environment.RemoveAll(line => names.Contains(line.Split('=')[0]));
        Environment.AddRange(assignments);
        return null;
    }

    public void Reload(Action<Engine.Units.BusFailure?> done) => PendingReload = done;

    public void Reexecute(Action<Engine.Units.BusFailure?> failed) => failed(new("org.freedesktop.DBus.Error.NotSupported", "not here"));

    public Engine.Units.BusFailure? End(ManagerEnd end)
    {
        Ends.Add(end);
        return null;
    }

    public Engine.Units.BusFailure? SetProperties(Unit unit, bool runtime, IReadOnlyList<Setting> settings) => Note(unit, settings);

    public Engine.Units.BusFailure? MakeTransient(Unit unit, IReadOnlyList<Setting> settings)
    {
        Units.File("/run/systemd/transient/" + unit.Id, SettingsFile.Transient(settings));
        unit.IsTransient = true;
        Engine.Loader.ReadAgain(unit);
        return Note(unit, settings);
    }

    public FreezerState Freezer { get; set; }

    public void Freeze(Unit unit, bool freeze, Action<Engine.Units.BusFailure?> done)
    {
        Freezer = freeze ? FreezerState.Frozen : FreezerState.Running;
        done(null);
    }

    public FreezerState FreezerStateOf(Unit unit) => Freezer;

    public ulong Count(Unit unit, UnitCounter counter) => ulong.MaxValue;

    public string Dump(IReadOnlyList<string> patterns) => "dump " + string.Join(' ', patterns);

    private const string StandardProperties = "org.freedesktop.DBus.Properties";

    private Engine.Units.BusFailure? Note(Unit unit, IReadOnlyList<Setting> settings)
    {
        Settings.AddRange(settings.Select(setting => $"{unit.Id} [{setting.Section}] {setting.Name}={setting.Text}"));
        return null;
    }

    private static void Write(MessageWriter writer, object argument)
    {
        switch (argument)
        {
            case string text: writer.String(text); break;
            case string[] texts: writer.StringArray(texts); break;
            case bool truth: writer.Boolean(truth); break;
            case int number: writer.Int32(number); break;
            case uint number: writer.UInt32(number); break;
            case ulong number: writer.UInt64(number); break;
            case byte[] bytes: writer.ByteArray(bytes); break;
            case Action<MessageWriter> write: write(writer); break;
            default: throw new ArgumentException(argument.GetType().Name, nameof(argument));
        }
    }
}
