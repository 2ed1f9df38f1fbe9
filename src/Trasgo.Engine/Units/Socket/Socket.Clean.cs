using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>systemctl clean, as for a service.</summary>
internal sealed partial class Socket
{
    public override CleanMask? Cleanable => CleanMasks.Of(Exec);

    protected override CleanOutcome CleanNow(CleanMask what)
    {
        var paths = CleanMasks.Paths(what, Exec, Context.Directories);
        if (paths.Count == 0)
        {
            return CleanOutcome.Nothing;
        }

        DropControl();
        ClearCommand();
        SetDeadline(Exec.TimeoutClean);
        _control = Context.Executor.RemoveTrees(this, paths, OnStarted);
        if (_control is { Phase: ProcessPhase.NeverRan } refused)
        {
            _control = null;
            DisarmTimer();
            LogCleanerNeverRan(refused);
            return CleanOutcome.Failed;
        }

        SetState(SocketState.Cleaning);
        return CleanOutcome.Begun;
    }

    private void LogCleanerNeverRan(UnitProcess process) =>
        Log(LogLevel.Warning, $"Failed to initiate cleaning: {process.ErrorText ?? ErrnoNames.Message(process.Error)}");
}
