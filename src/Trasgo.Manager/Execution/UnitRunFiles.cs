using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// What journald wants to know of a unit whose process writes to it: the id of the run, and the unit's Log*= settings. It cannot ask us, since we
/// write to it ourselves; so it lies in units/ of the runtime directory, mostly as links, which are read with one call. It stays for a while after the
/// unit is down: of a command that ends at once journald has its first look when the command is over.
/// </summary>
internal sealed class UnitRunFiles : IEngineObserver, IDisposable
{
    public const ulong KeptUsec = 2_000_000;
    private readonly Dictionary<string, (Unit Unit, string Invocation, List<string> Paths)> _exported = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong> _down = new(StringComparer.Ordinal);
    private readonly string _directory;
    private readonly bool _exportsSettings;
    private readonly Func<IUnitFileSystem> _files;
    private readonly EventLoop _loop;
    private readonly TimerSource _timer;

    public UnitRunFiles(EventLoop loop, string directory, bool exportsSettings, Func<IUnitFileSystem> files)
    {
        (_loop, _directory, _exportsSettings, _files) = (loop, directory, exportsSettings, files);
        _timer = loop.At(Clock.Monotonic, TimerSource.Never, OnTimer, EventPriority.Idle);
    }

    /// <summary>Before each process; the first of a run matters.</summary>
    public void Export(Unit unit)
    {
        if (unit.InvocationId.Length == 0 || (_exported.TryGetValue(unit.Id, out var before) && before.Invocation == unit.InvocationId))
        {
            return;
        }

        var paths = new List<string>();
        _exported[unit.Id] = (unit, unit.InvocationId, paths);
        Link(paths, $"invocation:{unit.Id}", unit.InvocationId);
        if (_exportsSettings && unit.Exec is { } exec)
        {
            ExportSettings(paths, unit.Id, exec);
        }
    }

    /// <summary>A manager before this one may have told of the unit.</summary>
    public void Resume(Unit unit)
    {
        if (_files().ReadLink($"{_directory}/invocation:{unit.Id}") is not null)
        {
            Export(unit);
        }
    }

    public void Dispose() => _timer.Dispose();

    public void UnitAdded(Unit unit)
    {
    }

    public void UnitRemoved(Unit unit) => UnitChanged(unit);

    public void UnitChanged(Unit unit)
    {
        if (unit.IsInactiveOrFailed && _exported.ContainsKey(unit.Id))
        {
            var deadline = _loop.Now(Clock.Monotonic) + KeptUsec;
            _down[unit.Id] = deadline;
            if (!_timer.IsArmed)
            {
                _timer.Rearm(deadline);
            }
        }
    }

    public void UnitStopped(Unit unit)
    {
    }

    public void ConditionFailed(Unit unit, Condition? failed)
    {
    }

    private void ExportSettings(List<string> paths, string id, ExecConfig exec)
    {
        if (exec.LogLevelMax >= 0)
        {
            Link(paths, $"log-level-max:{id}", exec.LogLevelMax.ToString(CultureInfo.InvariantCulture));
        }

        if (exec.LogRateLimitInterval > 0)
        {
            Link(paths, $"log-rate-limit-interval:{id}", exec.LogRateLimitInterval.ToString(CultureInfo.InvariantCulture));
        }

        if (exec.LogRateLimitBurst > 0)
        {
            Link(paths, $"log-rate-limit-burst:{id}", exec.LogRateLimitBurst.ToString(CultureInfo.InvariantCulture));
        }

        if (exec.LogExtraFields.Count > 0)
        {
            var path = $"{_directory}/log-extra-fields:{id}";
            paths.Add(path);
            _ = _files().WriteAtomically(path, Fields(exec.LogExtraFields));
        }
    }

    private void Link(List<string> paths, string name, string value)
    {
        var path = $"{_directory}/{name}";
        paths.Add(path);
        switch (_files().WriteSymlink(value, path))
        {
            case FileError.Exists:
                _ = _files().WriteSymlink(value, path, replace: true);
                break;
            case FileError.NotFound:
                _ = _files().MakeDirectories(_directory);
                _ = _files().WriteSymlink(value, path, replace: true);
                break;
            default:
                break;
        }
    }

    /// <summary>Each field with its length in front, as a number of eight bytes.</summary>
    private static byte[] Fields(List<string> fields)
    {
        var bytes = new List<byte>();
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        foreach (var field in fields)
        {
            var text = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
            bytes.AddRange(length);
            bytes.AddRange(text);
        }

        return [.. bytes];
    }

    private void OnTimer()
    {
        var now = _loop.Now(Clock.Monotonic);
        var next = TimerSource.Never;
        foreach (var (id, deadline) in _down)
        {
            if (deadline > now)
            {
                next = Math.Min(next, deadline);
                continue;
            }

            // It may have been about to start when it was noted, or be up again. (To take out while looking through is allowed.)
            _down.Remove(id);
            if (_exported[id].Unit.IsInactiveOrFailed && _exported.Remove(id, out var last))
            {
                last.Paths.ForEach(path => _files().Remove(path));
            }
        }

        _timer.Rearm(next);
    }
}
