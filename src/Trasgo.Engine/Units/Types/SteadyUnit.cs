using Trasgo.Engine.Jobs;
using Trasgo.Engine.State;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>A unit with two states and nothing in between: targets and slices, which are up as soon as they are asked to be.</summary>
internal abstract class SteadyUnit(EngineContext context, UnitName name) : Unit(context, name)
{
    private bool _isActive;

    public override UnitActiveState ActiveState => _isActive ? UnitActiveState.Active : UnitActiveState.Inactive;

    public override string SubState => _isActive ? "active" : "dead";

    public override bool CanFail => false;

    protected override JobOutcome StartNow()
    {
        RenewInvocationId();
        SetActive(true);
        return JobOutcome.Begun;
    }

    protected override JobOutcome StopNow()
    {
        SetActive(false);
        return JobOutcome.Begun;
    }

    protected void SetActive(bool active)
    {
        var before = ActiveState;
        _isActive = active;
        NotifyState(before, ActiveState);
    }

    protected override void SaveOwn(StateRecord record) => record.Put("active", _isActive && !IsPerpetual);

    protected override void RestoreOwn(StateRecord record) => _isActive = IsPerpetual || record.Flag("active");

    /// <summary>Perpetual units are up from the beginning, without a job.</summary>
    protected void StartActive()
    {
        _isActive = true;
        StampTimes(UnitActiveState.Inactive, ActiveState);
    }
}
