using Trasgo.Bus.Client;
using Trasgo.Bus.Wire;
using Trasgo.Manager.Bus;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager.Tests.Bus;

/// <summary>Every row of the directive tables that may be set transiently, sent over the bus in the type in which clients send it.</summary>
public sealed class TransientPropertiesTests : IDisposable
{
    private readonly BusWorld _world = new();
    private readonly BusClient _client;
    private int _count;

    public TransientPropertiesTests() => _client = _world.Connect();

    public void Dispose()
    {
        Assert.Empty(_world.Bugs);
        _client.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void EveryRow_OfEveryType_CanBeSet()
    {
        var defaults = new ManagerDefaults { Host = { PhysicalMemory = 1UL << 30, MaxTasks = 100_000 } };
        var failures = new List<string>();
        Send(failures, "service", ServiceDirectives.Table, static d => new ServiceConfig(new UnitConfig(UnitType.Service, d), d), defaults);
        Send(failures, "service", UnitDirectives.Table, static d => new UnitConfig(UnitType.Service, d), defaults);
        Send(failures, "socket", SocketDirectives.Table, static d => new SocketConfig(new UnitConfig(UnitType.Socket, d), d), defaults);
        Send(failures, "timer", TimerDirectives.Table, static d => new TimerConfig(new UnitConfig(UnitType.Timer, d), d), defaults);
        Send(failures, "path", PathDirectives.Table, static d => new PathConfig(new UnitConfig(UnitType.Path, d)), defaults);
        Send(failures, "slice", SliceDirectives.Table, static d => new SliceConfig(new UnitConfig(UnitType.Slice, d), d), defaults);

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(_count > 500, $"only {_count} properties were sent");
    }

    private void Send<TConfig>(
        List<string> failures, string type, DirectiveTable<TConfig> table, Func<ManagerDefaults, TConfig> create, ManagerDefaults defaults)
    {
        foreach (var row in table.Rows)
        {
            if ((row.BusFlags & BusFlags.Transient) == 0 || !row.IsOnBus || row.SetSignature.Length == 0)
            {
                continue;
            }

            if (Sample(row, create(defaults), type) is not { } sample)
            {
                failures.Add($"{type}: {row.BusName} ({row.SetSignature}) has no sample");
                continue;
            }

            _count++;
            using var reply = BusWorld.Call(
                _client, BusPaths.Manager, "org.freedesktop.systemd1.Manager", "StartTransientUnit", $"p{_count}.{type}", "fail",
                ClientProperty.List(row.BusName.StartsWith("Limit", StringComparison.Ordinal) && row.BusName.EndsWith("Soft", StringComparison.Ordinal)
                    ? [ClientProperty.Of(row.BusName[..^4], 4ul), sample]
                    : [sample]),
                ClientProperty.Units([]));

            // A unit with one setting is seldom one that can be started; that is another matter.
            if (reply is { Type: MessageType.Error, ErrorName: BusErrorNames.InvalidArgs or BusErrorNames.PropertyReadOnly or "System.Error.ENXIO" })
            {
                failures.Add($"{type}: {row.BusName} ({row.SetSignature}): {reply.Read().String()}");
            }
        }
    }

    /// <summary>The value that the row's good text makes, where it is shown as it is set; else one of the type in which it is set.</summary>
    private static ClientProperty? Sample<TConfig>(Directive<TConfig> row, TConfig config, string type)
    {
        // It is shown with marks that clients do not send.
        if (row.BusName != "WorkingDirectory" && row.Good is { } good && row.BusSignature == row.SetSignature)
        {
            var name = UnitName.Parse("a." + type);
            row.Parse(config, good, new ParseContext(name, specifiers: null, new DiagnosticList()).At(row.Section, row.Name, "test", 1));
            return new ClientProperty(row.BusName, row.SetSignature, writer => row.WriteBus(config, DirectiveWriter.Over(writer)));
        }

        return row.SetSignature switch
        {
            "s" => ClientProperty.Of(row.BusName, Text(row.BusName)),
            "b" => ClientProperty.Of(row.BusName, true),
            "u" => new ClientProperty(row.BusName, "u", static writer => writer.UInt32(40)),
            "t" => ClientProperty.Of(row.BusName, 4),
            "i" => new ClientProperty(row.BusName, "i", static writer => writer.Int32(1)),
            "as" => ClientProperty.Of(row.BusName, row.BusName == "DelegateControllers" ? ["cpu"] : Array.Empty<string>()),
            "ay" => new ClientProperty(row.BusName, "ay", static writer => writer.ByteArray([1, 2])),
            "a(sasb)" => ClientProperty.Command(row.BusName, "/bin/true", "word"),
            var list when list[0] == 'a' => new ClientProperty(row.BusName, list, writer =>
            {
                // An empty list takes back what there is.
                writer.BeginArray(list[1..]);
                writer.EndArray();
            }),
            _ => null,
        };
    }

    private static string Text(string name) => name switch
    {
        "OnCalendar" => "daily",
        "WorkingDirectory" => "-~",
        _ when name.EndsWith("Name", StringComparison.Ordinal) => "word",
        _ when name.Contains("File", StringComparison.Ordinal) || name.EndsWith("Path", StringComparison.Ordinal) => "/a/path",
        _ => "word",
    };
}
