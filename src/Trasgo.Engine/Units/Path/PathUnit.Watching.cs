using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>What the unit waits for.</summary>
internal sealed partial class PathUnit
{
    /// <summary>The last one written is looked at first, as in systemd: if several are as they should be, it is the one that is told.</summary>
    private readonly List<WatchedPath> _paths = [];

    private void TakePathsFromSettings()
    {
        Unwatch();
        var before = _paths.ToArray();
        _paths.Clear();
        for (var i = Settings.Paths.Count - 1; i >= 0; i--)
        {
            var spec = Settings.Paths[i];
            var known = Array.Find(before, path => path.Spec == spec);
            _paths.Add(new WatchedPath(Context.Loop, spec, OnHappened) { Existed = known?.Existed ?? false });
        }

        _triggerLimit.Reset();
        _triggerLimit.IntervalUsec = Settings.TriggerLimitInterval;
        _triggerLimit.Burst = Settings.TriggerLimitBurst;
    }

    private void MakeDirectories()
    {
        if (!Settings.MakeDirectory)
        {
            return;
        }

        foreach (var (kind, path) in Settings.Paths)
        {
            if (kind is PathKind.PathExists or PathKind.PathExistsGlob)
            {
                continue;
            }

            var error = FileSystem.MakeDirectories(path, Settings.DirectoryMode, parentMode: Settings.DirectoryMode);
            if (error != Errno.None)
            {
                Context.Log.Write(LogLevel.Warning, unit: null, $"mkdir({path}) failed: {ErrnoNames.Message(error)}");
            }
        }
    }

    /// <summary>
    /// Waits, unless there is nothing to wait for: the other unit is up already, or a path is as it should be. That is looked at before the
    /// watches are set, which would be in vain, and after, because it may have happened in between.
    /// </summary>
    private void EnterWaiting(bool isInitial, bool hasTriggered)
    {
        _look.Cancel();
        _follow.Cancel();
        if (Triggered is { IsInactiveOrFailed: false })
        {
            SetState(PathState.Running);
        }
        else if (FirstGood(mayBeChange: !isInitial && !hasTriggered) is { } path)
        {
            GetTriggered(path);
        }
        else if (!Watch())
        {
            EnterDead(PathResult.Resources);
        }
        else if (FirstGood(mayBeChange: !hasTriggered) is { } late)
        {
            GetTriggered(late);
        }
        else
        {
            SetState(PathState.Waiting);
        }
    }

    private void GetTriggered(string path)
    {
        Log(LogLevel.Debug, "Got triggered.");
        EnterRunning(path);
    }

    private string? FirstGood(bool mayBeChange)
    {
        foreach (var path in _paths)
        {
            if (path.Check(mayBeChange) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private bool Watch()
    {
        foreach (var path in _paths)
        {
            var error = path.Watch(out var at);
            if (error != Errno.None)
            {
                Context.Log.Write(LogLevel.Error, unit: null, FailureText(path.Spec.Path, at, error));
                Log(LogLevel.Warning, $"Failed to enter waiting state: {ErrnoNames.Message(error)}");
                return false;
            }
        }

        return true;
    }

    private static string FailureText(string path, string at, Errno error) => error switch
    {
        Errno.EMFILE or Errno.ENFILE => $"Failed to allocate inotify fd: {ErrnoNames.Message(error)}",
        Errno.ENOSPC => $"Failed to add a watch for {at}: inotify watch limit reached",
        Errno.ENOENT or Errno.EACCES => $"Failed to add watch on any of the components of {path}: {ErrnoNames.Message(error)}",
        _ => $"Failed to add a watch for {at}: {ErrnoNames.Message(error)}",
    };

    private void Unwatch()
    {
        foreach (var path in _paths)
        {
            path.Unwatch();
        }
    }

    /// <summary>However much happens in one go, it is looked at once.</summary>
    private void OnHappened(WatchedPath path, bool isChange)
    {
        if (State != PathState.Waiting)
        {
            return;
        }

        if (isChange)
        {
            EnterRunning(path.Spec.Path);
        }
        else
        {
            _look.Schedule();
        }
    }

    private void LookAgain()
    {
        if (State == PathState.Waiting)
        {
            EnterWaiting(isInitial: false, hasTriggered: false);
        }
    }
}
