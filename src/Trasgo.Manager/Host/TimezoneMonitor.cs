using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// Notices that /etc/localtime is another file, or leads to another one. It is a link as a rule, so it is the link that is watched; while there is
/// none, the directory is.
/// </summary>
internal sealed class TimezoneMonitor(EngineContext engine, HostTimeZones zones) : IDisposable
{
    private const InotifyMask Replaced = InotifyMask.Attributes | InotifyMask.MoveSelf | InotifyMask.CloseWrite | InotifyMask.DoNotFollow;
    private const InotifyMask Made = InotifyMask.Create | InotifyMask.MovedTo;

    private DirectoryWatch? _watch;
    private (string? Target, FileStatus? Status) _seen;

    public void Start()
    {
        _seen = Look();
        Watch();
    }

    public void Dispose() => _watch?.Dispose();

    private void Watch()
    {
        _watch?.Dispose();
        _watch = engine.Loop.Watch(HostTimeZones.LocalFile, Replaced, OnEvent);
        if (_watch.Error == Errno.ENOENT)
        {
            _watch.Dispose();
            _watch = engine.Loop.Watch("/etc", Made, OnEvent);
        }

        if (_watch.Error != Errno.None)
        {
            engine.Log.Write(LogLevel.Warning, unit: null, $"Failed to watch {HostTimeZones.LocalFile}: {ErrnoNames.Message(_watch.Error)}");
        }
    }

    private void OnEvent(InotifyEvent happened)
    {
        Watch();
        var seen = Look();
        if (seen == _seen)
        {
            return;
        }

        _seen = seen;
        zones.Forget();
        engine.Log.Write(LogLevel.Debug, unit: null, $"Timezone has been changed (now: {zones.Local.Abbreviation(isDaylight: false)}).");
        engine.Timekeeping.OnTimezoneChanged(engine);
    }

    private static (string? Target, FileStatus? Status) Look() =>
        (FileSystem.ReadLink(HostTimeZones.LocalFile) is { Ok: true, Value: var target } ? target : null,
            FileSystem.Status(HostTimeZones.LocalFile) is { Ok: true, Value: var status } ? status : null);
}
