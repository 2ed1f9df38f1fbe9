using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Tests.Jobs;

public sealed class RefusalTests
{
    [Theory]
    [InlineData(UnitLoadState.NotFound, JobErrors.NoSuchUnit, "Unit a not found.")]
    [InlineData(UnitLoadState.BadSetting, JobErrors.BadUnitSetting, "Unit a has a bad unit file setting.")]
    [InlineData(UnitLoadState.Masked, JobErrors.UnitMasked, "Unit a is masked.")]
    [InlineData(UnitLoadState.Stub, JobErrors.LoadFailed, "Unit a is not loaded properly.")]
    [InlineData(UnitLoadState.Merged, JobErrors.LoadFailed, "Unit a is not loaded properly.")]
    [InlineData(
        UnitLoadState.Error,
        "org.freedesktop.DBus.Error.FileNotFound",
        "Unit a failed to load properly, please adjust/correct and reload service manager: No such file or directory")]
    internal void Start_OfUnitNotLoaded_IsRefused(UnitLoadState state, string error, string message)
    {
        var world = FakeWorld.With("a");
        world["a"].LoadState = state;
        world["a"].LoadError = new UnitLoadError("org.freedesktop.DBus.Error.FileNotFound", "No such file or directory");
        Assert.Equal(new JobRefusal(error, message), world.Refused(JobType.Start, "a"));
    }

    [Theory]
    [InlineData(JobType.Reload, "Job type reload is not applicable for unit a.")]
    [InlineData(JobType.Stop, "Job type stop is not applicable for unit a.")]
    [InlineData(JobType.Restart, "Job type restart is not applicable for unit a.")]
    [InlineData(JobType.TryRestart, "Job type restart is not applicable for unit a.")]
    internal void Job_OfTypeTheUnitCannot_IsRefused(JobType type, string message)
    {
        var world = FakeWorld.With("a").Active("a");
        world["a"].IsPerpetual = true;
        world["a"].CanStop = false;
        Assert.Equal(new JobRefusal(JobErrors.JobTypeNotApplicable, message), world.Refused(type, "a"));
    }

    [Fact]
    public void Isolate_OfUnitThatDoesNotAllowIt_IsRefused() => Assert.Equal(
        new JobRefusal(JobErrors.NoIsolation, "Operation refused, unit may not be isolated."),
        FakeWorld.With("a").Refused(JobType.Start, "a", JobMode.Isolate));

    [Fact]
    public void Isolate_OfStop_IsRefused() => Assert.Equal(
        new JobRefusal(JobErrors.InvalidArgs, "Isolate is only valid for start."),
        FakeWorld.With("a").Refused(JobType.Stop, "a", JobMode.Isolate));

    [Fact]
    public void Triggering_OfStart_IsRefused() => Assert.Equal(
        new JobRefusal(JobErrors.InvalidArgs, "--job-mode=triggering is only valid for stop."),
        FakeWorld.With("a").Refused(JobType.Start, "a", JobMode.Triggering));

    [Fact]
    public void Start_RequiringWhatItConflictsWith_ContradictsItself()
    {
        // The stop of b comes back to a as a stop.
        var world = FakeWorld.With("a Requires b", "a Conflicts b").Active("b");
        var refusal = world.Refused(JobType.Start, "a");
        Assert.Equal(
            new JobRefusal(
                JobErrors.TransactionJobsConflicting,
                "Transaction contains conflicting jobs 'stop' and 'start' for a. "
                + "Probably contradicting requirement dependencies configured."),
            refusal);
        Assert.Contains($"Warning: Requested transaction contains unmergeable jobs: {refusal.Message}", world.Log);
    }

    [Fact]
    public void Start_WantingWhatItConflictsWith_StopsIt() => Assert.Equal(
        "a/start b/stop", FakeWorld.With("a Wants b", "a Conflicts b").Active("b").Planned(JobType.Start, "a"));

    [Fact]
    public void Start_WantingTwoThatConflict_StartsTheOneThatConflicts() => Assert.Equal(
        "a/start b/start", FakeWorld.With("a Wants b c", "b Conflicts c").Planned(JobType.Start, "a"));

    [Theory]
    [InlineData(JobType.Start, true, false, true)]
    [InlineData(JobType.Stop, true, false, false)]
    [InlineData(JobType.Stop, false, true, true)]
    [InlineData(JobType.Restart, true, false, true)]
    [InlineData(JobType.TryRestart, false, true, true)]
    [InlineData(JobType.Reload, true, true, false)]
    [InlineData(JobType.ReloadOrStart, true, false, true)]
    internal void ManualRequest_OfUnitThatRefusesIt_IsForDependenciesOnly(
        JobType type, bool refuseStart, bool refuseStop, bool refused)
    {
        var unit = new FakeUnit("a") { RefuseManualStart = refuseStart, RefuseManualStop = refuseStop };
        var expected = new JobRefusal(
            JobErrors.OnlyByDependency,
            "Operation refused, unit a may be requested by dependency only "
            + "(it is configured to refuse manual start/stop).");
        Assert.Equal(refused ? expected : null, ManualRequest.Check(unit, type));
    }

    [Fact]
    public void ManualRequest_ReloadOrStartOfActiveUnit_IsAReloadAndAllowed()
    {
        var unit = new FakeUnit("a") { RefuseManualStart = true, ActiveState = UnitActiveState.Active };
        Assert.Null(ManualRequest.Check(unit, JobType.ReloadOrStart));
    }

    [Fact]
    public void ManualRequest_StopOfUnitThatIsNotThere_SaysNotLoaded()
    {
        var unit = new FakeUnit("a") { LoadState = UnitLoadState.NotFound };
        Assert.Equal(new JobRefusal(JobErrors.NoSuchUnit, "Unit a not loaded."), ManualRequest.Check(unit, JobType.Stop));
        unit.ActiveState = UnitActiveState.Active;
        Assert.Null(ManualRequest.Check(unit, JobType.Stop));
    }

    [Theory]
    [InlineData(JobType.Restart, true, JobType.ReloadOrStart)]
    [InlineData(JobType.TryRestart, true, JobType.TryReload)]
    [InlineData(JobType.Restart, false, JobType.Restart)]
    [InlineData(JobType.Start, true, JobType.Start)]
    internal void PreferReload_ByAbility_ChangesRestarts(JobType asked, bool canReload, JobType expected) =>
        Assert.Equal(expected, ManualRequest.PreferReload(new FakeUnit("a") { CanReload = canReload }, asked));

    [Fact]
    public void Commit_OfRefusedPlan_Throws()
    {
        var world = FakeWorld.With("a");
        var plan = world.Plan(JobType.Start, "a", JobMode.Isolate);
        Assert.Throws<ArgumentException>(() => world.Table.Commit(plan));
    }
}
