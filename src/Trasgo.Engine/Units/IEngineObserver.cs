using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>
/// Hears of changes, in the middle of which they come: it notes down what is to be told, and tells it later.
/// </summary>
internal interface IEngineObserver
{
    void UnitAdded(Unit unit);

    void UnitRemoved(Unit unit);

    /// <summary>Any property of the unit may have changed.</summary>
    void UnitChanged(Unit unit);

    void UnitStopped(Unit unit);

    /// <summary>A start was skipped; <paramref name="failed"/> is the condition that did it, where it was one.</summary>
    void ConditionFailed(Unit unit, Condition? failed);
}

/// <summary>FailureAction=, SuccessAction=, StartLimitAction=, JobTimeoutAction=: what is done to the whole machine.</summary>
internal interface IEmergencyActions
{
    void Run(UnitFiles.Directives.EmergencyAction action, string? rebootArgument, int? exitStatus, string reason, bool warn = false);
}
