using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// What journald wants to know of a unit whose process writes to it: the id of the run, and the unit's Log*= settings. It cannot ask us, since we
/// write to it ourselves; so it lies in units/ of the runtime directory while the unit is up, mostly as links, which are read with one call.
/// </summary>
internal sealed class UnitRunFiles(string directory, bool exportsSettings, Func<IUnitFileSystem> files) : IEngineObserver
{
    private readonly Dictionary<Unit, List<string>> _paths = [];

    /// <summary>Before the first process of a run.</summary>
    public void Export(Unit unit)
    {
        if (unit.InvocationId.Length == 0 || _paths.ContainsKey(unit))
        {
            return;
        }

        var paths = new List<string>();
        _paths.Add(unit, paths);
        Link(paths, $"invocation:{unit.Id}", unit.InvocationId);
        if (exportsSettings && unit.Exec is { } exec)
        {
            ExportSettings(paths, unit.Id, exec);
        }
    }

    public void UnitAdded(Unit unit)
    {
    }

    public void UnitRemoved(Unit unit) => Remove(unit);

    public void UnitChanged(Unit unit)
    {
        if (unit.IsInactiveOrFailed)
        {
            Remove(unit);
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
            var path = $"{directory}/log-extra-fields:{id}";
            paths.Add(path);
            _ = files().WriteAtomically(path, Fields(exec.LogExtraFields));
        }
    }

    private void Link(List<string> paths, string name, string value)
    {
        var path = $"{directory}/{name}";
        paths.Add(path);
        if (files().WriteSymlink(value, path, replace: true) == FileError.NotFound)
        {
            _ = files().MakeDirectories(directory);
            _ = files().WriteSymlink(value, path, replace: true);
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

    private void Remove(Unit unit)
    {
        if (_paths.Remove(unit, out var paths))
        {
            foreach (var path in paths)
            {
                _ = files().Remove(path);
            }
        }
    }
}
