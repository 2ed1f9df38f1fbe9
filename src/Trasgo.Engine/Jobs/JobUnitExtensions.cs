namespace Trasgo.Engine.Jobs;

internal static class JobUnitExtensions
{
    public static DependencyEnumerable Dependencies(this IJobUnit unit, UnitDependencyAtom atoms) => new(unit, atoms);

    /// <summary>Whether a job of this type makes sense for the unit at all.</summary>
    public static bool IsJobApplicable(this IJobUnit unit, JobType type) => type switch
    {
        // CanStart does not matter: a device unit cannot be started by us, but one may wait for it.
        JobType.Start or JobType.VerifyActive or JobType.Nop => true,
        JobType.Stop => !unit.IsPerpetual,
        JobType.Restart or JobType.TryRestart => unit.CanStop && unit.CanStart,
        JobType.Reload or JobType.TryReload => unit.CanReload,
        JobType.ReloadOrStart => unit.CanReload && unit.CanStart,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
