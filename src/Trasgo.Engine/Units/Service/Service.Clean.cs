using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>systemctl clean: a helper process removes the directories, since that may take its time; the service is in maintenance until then.</summary>
internal sealed partial class Service
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
        _commands.ClearControl();
        CleanResult = ServiceResult.Success;
        SetDeadline(Exec.TimeoutClean);
        _control = Context.Executor.RemoveTrees(this, paths, process =>
        {
            OnControlStarted(process);
            _early.Deliver();
        });
        if (_control is { Phase: ProcessPhase.NeverRan } refused)
        {
            _control = null;
            DisarmTimer();
            OnCleanerNeverRan(refused);
            return CleanOutcome.Failed;
        }

        SetState(ServiceState.Cleaning);
        return CleanOutcome.Begun;
    }

    private void OnCleanerNeverRan(UnitProcess process)
    {
        Log(LogLevel.Warning, $"Failed to initiate cleaning: {process.ErrorText ?? ErrnoNames.Message(process.Error)}");
        CleanResult = ServiceResult.Resources;
    }
}
