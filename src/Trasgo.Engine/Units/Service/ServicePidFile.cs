using System.Globalization;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>
/// PIDFile=. A number in a file is a claim: a PID that is not among the service's own processes is believed only when
/// root owns the file and no link on the way to it could have been set by somebody else (CVE-2018-16888).
/// </summary>
internal sealed class ServicePidFile(Service service)
{
    /// <summary>The longest first line that is read, in bytes.</summary>
    private const int LineMax = 64;

    private PathWatch? _watch;

    /// <summary>The daemon has still to write it.</summary>
    public bool IsAwaited => _watch is not null;

    /// <summary>Reads the file and adopts the PID in it; false when it is not there yet or not to be believed.</summary>
    public bool TryLoad(bool mayWarn) => TryLoad(mayWarn, out _);

    /// <summary>As above; <paramref name="changed"/> tells whether another process became the main one by it.</summary>
    public bool TryLoad(bool mayWarn, out bool changed)
    {
        changed = false;
        if (service.Settings.PidFile is not { } path)
        {
            return false;
        }

        var level = mayWarn ? LogLevel.Info : LogLevel.Debug;
        var safe = true;
        var opened = SafePath.Open(path, requireSafe: true);
        if (opened.Error == Errno.ENOLINK)
        {
            safe = false;
            opened = SafePath.Open(path, requireSafe: false);
        }

        if (!opened.Ok)
        {
            service.Log(level, $"Can't open PID file {path} (yet?) after {service.SubState}: {ErrnoNames.Message(opened.Error)}");
            return false;
        }

        using var file = opened.Value;
        if (!TryReadPid(file, out var pid))
        {
            service.Log(level, $"Failed to parse PID from file {path}: Invalid argument");
            return false;
        }

        if (service.MainPid == pid)
        {
            return service.KnowsMain;
        }

        if (service.JudgeMainPid(pid, level) is not { } belongs || (!belongs && !Trusts(file, path, pid, safe)))
        {
            return false;
        }

        service.AdoptMainFromFile(pid);
        changed = true;
        return true;
    }

    /// <summary>Waits for the file to appear or to change.</summary>
    public void Demand()
    {
        Stop();
        _watch = new PathWatch(service.Context.Loop, service.Settings.PidFile!, OnChanged);

        // It may have been written just before the watch was set.
        OnChanged();
    }

    public void Stop()
    {
        _watch?.Dispose();
        _watch = null;
    }

    /// <summary>The daemon is down, so what is in the file is out of date.</summary>
    public void Remove(string? path)
    {
        if (path is not null)
        {
            _ = FileSystem.Remove(path);
        }
    }

    private void OnChanged()
    {
        if (TryLoad(mayWarn: false))
        {
            Stop();
            service.OnPidFileWritten();
        }
    }

    private bool Trusts(Descriptor file, string path, int pid, bool safe)
    {
        if (!safe)
        {
            service.Log(LogLevel.Error, $"Refusing to accept PID outside of service control group, acquired through unsafe symlink chain: {path}");
            return false;
        }

        if (FileSystem.Status(file) is not { Ok: true, Value.Uid: 0 })
        {
            service.Log(LogLevel.Error, $"New main PID {pid} does not belong to service, and PID file is not owned by root. Refusing.");
            return false;
        }

        service.Log(LogLevel.Debug, $"New main PID {pid} does not belong to service, but we'll accept it since PID file is owned by root.");
        return true;
    }

    private static bool TryReadPid(Descriptor file, out int pid)
    {
        Span<byte> buffer = stackalloc byte[LineMax];
        var read = FileSystem.ReadInto(file, buffer);
        pid = 0;
        if (!read.Ok)
        {
            return false;
        }

        var line = buffer[..read.Value];
        var end = line.IndexOf((byte)'\n');
        var text = (end >= 0 ? line[..end] : line).Trim((byte)' ');
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out pid) && pid > 0;
    }
}
