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

    /// <summary>A busy port makes a thousand of them a second: they are removed when somebody has woken us up anyway.</summary>
    private const ulong AccuracyUsec = 500_000;

    private readonly Dictionary<string, Exported> _exported = new(StringComparer.Ordinal);

    /// <summary>Of units that are down, in the order in which they went down, or did so first.</summary>
    private readonly Queue<Exported> _down = [];
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

        var run = new Exported(unit);
        _exported[unit.Id] = run;
        Link(run.Paths, $"invocation:{unit.Id}", unit.InvocationId);
        if (_exportsSettings && unit.Exec is { } exec)
        {
            ExportSettings(run.Paths, unit.Id, exec);
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

    public void UnitRemoved(Unit unit)
    {
        UnitChanged(unit);
        if (_exported.TryGetValue(unit.Id, out var run))
        {
            run.Unit = null;
        }
    }

    public void UnitChanged(Unit unit)
    {
        if (unit.IsInactiveOrFailed && _exported.TryGetValue(unit.Id, out var run))
        {
            run.Deadline = _loop.Now(Clock.Monotonic) + KeptUsec;
            if (!run.IsDown)
            {
                run.IsDown = true;
                _down.Enqueue(run);
            }

            if (!_timer.IsArmed)
            {
                _timer.Rearm(_down.Peek().Deadline, AccuracyUsec);
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
        while (_down.TryPeek(out var run))
        {
            if (run.Deadline > now)
            {
                // It may have gone down again since it was put in line, so that others are due before it: they wait the little longer.
                _timer.Rearm(run.Deadline, AccuracyUsec);
                return;
            }

            _down.Dequeue();
            run.IsDown = false;

            // It may have been about to start when it was noted, or be up again.
            if (_exported.GetValueOrDefault(run.Id) == run && run.Unit is not { IsInactiveOrFailed: false })
            {
                _exported.Remove(run.Id);
                run.Paths.ForEach(path => _files().Remove(path));
            }
        }
    }

    /// <summary>What was told of one run of a unit.</summary>
    private sealed class Exported(Unit unit)
    {
        /// <summary>Null when it is gone: it need not stay in memory for as long as its files do.</summary>
        public Unit? Unit { get; set; } = unit;

        /// <summary>A unit that is gone has it no more.</summary>
        public string Id { get; } = unit.Id;

        public string Invocation { get; } = unit.InvocationId;

        public List<string> Paths { get; } = [];

        /// <summary>Whether it is in line to be forgotten, and when that may be.</summary>
        public bool IsDown { get; set; }

        public ulong Deadline { get; set; }
    }
}
