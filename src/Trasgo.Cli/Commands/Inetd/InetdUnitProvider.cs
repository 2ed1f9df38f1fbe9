using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Inetd;
using Trasgo.Manager;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Writing;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>
/// The units of <c>trasgo inetd</c>, and what a new version of the file does to them. Servers that run go on; the next one is started as the file
/// says now.
/// </summary>
internal sealed class InetdUnitProvider(string file, string directory, GeneratorSettings settings) : IUnitProvider
{
    private readonly RealFileSystem _files = new();
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private Dictionary<string, string> _sockets = new(StringComparer.Ordinal);
    private Dictionary<string, string> _before = new(StringComparer.Ordinal);
    private SocketRetry? _retry;

    public void Write(IEngineLog log)
    {
        _before = _sockets;
        if (_files.Stat(file, followLinks: true, out _) == FileKind.Missing)
        {
            log.Write(LogLevel.Error, unit: null, $"{file} does not exist; what it said before is kept.");
            return;
        }

        var sink = new DiagnosticList();
        var services = new InetdGenerator(_files, HostTables.Read(_files, _files), settings, sink).Read([file]);
        foreach (var diagnostic in sink.Items)
        {
            log.Write((LogLevel)(int)diagnostic.Severity, unit: null, $"{diagnostic}");
        }

        Replace(services, log);
    }

    public void OnStarting(EngineContext engine)
    {
        _retry = new SocketRetry(engine, () => _sockets.Keys);
        _retry.Arm();
    }

    public void OnReloaded(EngineContext engine)
    {
        foreach (var (name, change) in SocketChanges.Between(_before, _sockets))
        {
            Add(engine, change switch { SocketChange.Stop => JobType.Stop, SocketChange.Restart => JobType.Restart, _ => JobType.Start }, name);
        }

        _ = _retry?.Try();
        _retry?.Arm();
    }

    private static void Add(EngineContext engine, JobType type, string name)
    {
        if (engine.Loader.LoadNow(name) is { } unit && engine.AddJob(type, unit, JobMode.Replace) is { } refusal)
        {
            engine.Log.Write(LogLevel.Error, unit, refusal.Message);
        }
    }

    private void Replace(List<SuperService> services, IEngineLog log)
    {
        _sockets = new Dictionary<string, string>(StringComparer.Ordinal);
        var units = new List<GeneratedUnit> { SuperServiceUnits.WriteTarget(null, [.. services.Select(static service => service.SocketUnit)]) };
        foreach (var service in services)
        {
            var pair = SuperServiceUnits.Write(service, InetdGenerator.Manual);
            units.AddRange(pair);
            _sockets.Add(service.SocketUnit, SocketChanges.Listening(pair[0].Text));
        }

        foreach (var unit in units)
        {
            if (_files.WriteAtomically($"{directory}/{unit.Name}", ByteText.Encode(unit.Text)) is var error and not FileError.None)
            {
                log.Write(LogLevel.Error, unit: null, $"{directory}/{unit.Name} cannot be written: {error}");
            }
        }

        foreach (var name in _written)
        {
            if (!units.Exists(unit => unit.Name == name))
            {
                _ = _files.Remove($"{directory}/{name}");
            }
        }

        _written.Clear();
        _written.UnionWith(units.ConvertAll(static unit => unit.Name));
    }
}
