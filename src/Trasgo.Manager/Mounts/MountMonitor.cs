using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager;

/// <summary>Keeps the mount units as the kernel's mount table is: read at the start, and again whenever the kernel says that it has changed.</summary>
internal sealed class MountMonitor(EngineContext context) : IDisposable
{
    private readonly Dictionary<string, Mount> _mounted = new(StringComparer.Ordinal);
    private MountWatch? _watch;

    public void Start()
    {
        Read();
        if (MountTable.Watch(context.Loop, Read) is { Ok: true, Value: var watch })
        {
            _watch = watch;
        }
    }

    public void Dispose() => _watch?.Dispose();

    private void Read()
    {
        var table = MountTable.Read();
        if (!table.Ok)
        {
            context.Log.Write(LogLevel.Warning, unit: null, $"Failed to read the mount table: {ErrnoNames.Message(table.Error)}");
            return;
        }

        // The last mount at a place covers those before it.
        var points = new Dictionary<string, MountedPoint>(StringComparer.Ordinal);
        foreach (var entry in table.Value)
        {
            if (MountPoints.IsApi(entry.MountPoint))
            {
                continue;
            }

            points[entry.MountPoint] = new MountedPoint(entry.Source, entry.MountPoint, entry.Type, MountPoints.MergeOptions(entry.Options, entry.SuperOptions));
        }

        foreach (var (where, mount) in _mounted)
        {
            if (!points.ContainsKey(where))
            {
                _mounted.Remove(where);
                mount.SetMounted(null);
            }
        }

        foreach (var (where, point) in points)
        {
            if (UnitName.FromPath(where, UnitType.Mount) is { } name && context.Loader.Mention(name.Text) is Mount mount)
            {
                _mounted[where] = mount;
                mount.SetMounted(point);
            }
        }
    }
}
