namespace Trasgo.Engine.Jobs;

/// <summary>Why a request for a job was turned down: a bus error name and its message.</summary>
internal sealed record JobRefusal(string ErrorName, string Message)
{
    /// <summary>Refusals for a dependency that are no more than a fact: it is masked, absent, or cannot do this.</summary>
    public bool IsExpectedOfDependency =>
        ErrorName is JobErrors.UnitMasked or JobErrors.JobTypeNotApplicable or JobErrors.NoSuchUnit;

    public static JobRefusal? OfLoadState(IJobUnit unit) => unit.LoadState switch
    {
        UnitLoadState.Loaded => null,
        UnitLoadState.NotFound => new(JobErrors.NoSuchUnit, $"Unit {unit.Id} not found."),
        UnitLoadState.BadSetting => new(JobErrors.BadUnitSetting, $"Unit {unit.Id} has a bad unit file setting."),
        UnitLoadState.Error => new(
            unit.LoadError?.BusErrorName ?? JobErrors.LoadFailed,
            $"Unit {unit.Id} failed to load properly, please adjust/correct and reload service manager: {unit.LoadError?.Text}"),
        UnitLoadState.Masked => new(JobErrors.UnitMasked, $"Unit {unit.Id} is masked."),
        _ => new(JobErrors.NoSuchUnit, $"Unexpected load state of unit {unit.Id}"),
    };
}
