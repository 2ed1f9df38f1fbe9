namespace Trasgo.Engine.Jobs;

/// <summary>The checks a request from a client passes before it is planned; dependencies do not pass here.</summary>
internal static class ManualRequest
{
    /// <summary>reload-or-restart and reload-or-try-restart: reload instead where the unit can.</summary>
    public static JobType PreferReload(IJobUnit unit, JobType type) => (type, unit.CanReload) switch
    {
        (JobType.Restart, true) => JobType.ReloadOrStart,
        (JobType.TryRestart, true) => JobType.TryReload,
        _ => type,
    };

    public static JobRefusal? Check(IJobUnit unit, JobType type)
    {
        if (type == JobType.Stop
            && unit.LoadState is UnitLoadState.NotFound or UnitLoadState.Error or UnitLoadState.BadSetting
            && unit.ActiveState == UnitActiveState.Inactive)
            return new JobRefusal(JobErrors.NoSuchUnit, $"Unit {unit.Id} not loaded.");

        var refused = type switch
        {
            JobType.Start => unit.RefuseManualStart,
            JobType.Stop => unit.RefuseManualStop,
            JobType.Restart or JobType.TryRestart => unit.RefuseManualStart || unit.RefuseManualStop,
            JobType.ReloadOrStart =>
                JobAlgebra.Collapse(type, unit.ActiveState) == JobType.Start && unit.RefuseManualStart,
            _ => false,
        };
        return refused
            ? new JobRefusal(
                JobErrors.OnlyByDependency,
                $"Operation refused, unit {unit.Id} may be requested by dependency only "
                + "(it is configured to refuse manual start/stop).")
            : null;
    }
}
