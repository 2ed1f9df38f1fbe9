using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>
/// A unit of a type that is loaded, shown, ordered and counted, but not run yet. A start fails at once and says so, so that
/// nobody waits for it.
/// </summary>
internal abstract class PassiveUnit<TConfig>(EngineContext context, UnitName name) : ConfiguredUnit<TConfig>(context, name)
    where TConfig : class
{
    /// <summary>"Socket units": the subject of the message that refuses a start.</summary>
    protected abstract string Plural { get; }

    public override UnitActiveState ActiveState => UnitActiveState.Inactive;

    public override string SubState => "dead";

    public override string? ResultName => "success";

    public override string? Unsupported => $"{Plural} are not supported by this version.";

    public override UnitLoadError? FinishLoading() => null;

    protected override JobOutcome StartNow() => JobOutcome.NotSupportedByHost;

    protected override JobOutcome StopNow() => JobOutcome.Already;
}
