using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Tests.Jobs;

public sealed class PullInTests
{
    [Theory]
    [InlineData("Requires", "a/start b/start")]
    [InlineData("Wants", "a/start b/start")]
    [InlineData("BindsTo", "a/start b/start")]
    [InlineData("Upholds", "a/start b/start")]
    [InlineData("Requisite", "a/start b/verify-active")]
    [InlineData("PartOf", "a/start")]
    [InlineData("Before", "a/start")]
    [InlineData("Triggers", "a/start")]
    [InlineData("OnFailure", "a/start")]
    [InlineData("PropagatesReloadTo", "a/start")]
    [InlineData("PropagatesStopTo", "a/start")]
    public void Start_OfInactive_PullsIn(string kind, string expected) =>
        Assert.Equal(expected, FakeWorld.With($"a {kind} b").Planned(JobType.Start, "a"));

    [Theory]
    [InlineData("Requires", "a/stop b/stop")]
    [InlineData("Requisite", "a/stop b/stop")]
    [InlineData("BindsTo", "a/stop b/stop")]
    [InlineData("PartOf", "a/stop b/stop")]
    [InlineData("StopPropagatedFrom", "a/stop b/stop")]
    [InlineData("Wants", "a/stop")]
    [InlineData("Upholds", "a/stop")]
    [InlineData("After", "a/stop")]
    public void Stop_OfActive_IsPropagatedToThoseThatNeedIt(string kind, string expected) =>
        Assert.Equal(expected, FakeWorld.With($"b {kind} a").Active("a", "b").Planned(JobType.Stop, "a"));

    [Theory]
    [InlineData("Requires", "a/restart b/restart")]
    [InlineData("Requisite", "a/restart b/restart")]
    [InlineData("BindsTo", "a/restart b/restart")]
    [InlineData("PartOf", "a/restart b/restart")]
    [InlineData("StopPropagatedFrom", "a/restart")]
    [InlineData("Wants", "a/restart")]
    public void Restart_OfActive_RestartsWhatRunsAndNeedsIt(string kind, string expected) =>
        Assert.Equal(expected, FakeWorld.With($"b {kind} a").Active("a", "b").Planned(JobType.Restart, "a"));

    [Fact]
    public void Restart_WithDependentThatDoesNotRun_LeavesItAlone() =>
        Assert.Equal("a/restart", FakeWorld.With("b Requires a").Active("a").Planned(JobType.Restart, "a"));

    [Fact]
    public void Restart_WithDependentThatActivates_RestartsIt()
    {
        var world = FakeWorld.With("b Requires a").Active("a");
        world["b"].ActiveState = UnitActiveState.Activating;
        Assert.Equal("a/restart b/restart", world.Planned(JobType.Restart, "a"));
    }

    [Fact]
    public void Reload_WithPropagation_ReloadsOnlyWhatIsActive()
    {
        var world = FakeWorld.With("a PropagatesReloadTo b c").Active("a", "b");
        world["a"].CanReload = world["b"].CanReload = world["c"].CanReload = true;
        Assert.Equal("a/reload b/reload", world.Planned(JobType.Reload, "a"));
    }

    [Fact]
    public void Reload_WithPropagationToUnitThatCannot_IsPlannedWithAWarning()
    {
        var world = FakeWorld.With("a PropagatesReloadTo b").Active("a", "b");
        world["a"].CanReload = true;
        var plan = world.Plan(JobType.Reload, "a");
        Assert.Equal(["a/reload"], plan.Jobs.Select(job => job.ToString()));
        Assert.Contains(plan.Messages, message => message is
        {
            Level: JobMessageLevel.Warning,
            Unit.Id: "b",
            Text: "Cannot add dependency reload job, ignoring: Job type reload is not applicable for unit b.",
        });
    }

    [Fact]
    public void Start_WithConflict_StopsTheOtherInEitherDirection()
    {
        var world = FakeWorld.With("a Conflicts b", "c Conflicts a").Active("b", "c");
        Assert.Equal("a/start b/stop c/stop", world.Planned(JobType.Start, "a"));
    }

    [Fact]
    public void Start_WithChain_PullsInAllOfIt() => Assert.Equal(
        "a/start b/start c/start d/verify-active",
        FakeWorld.With("a Requires b", "b Wants c", "c Requisite d", "d Requires e").Planned(JobType.Start, "a"));

    [Fact]
    public void Start_WithActiveDependency_DropsItAndWhatItPulledIn() => Assert.Equal(
        "a/start", FakeWorld.With("a Requires b", "b Requires c").Active("b").Planned(JobType.Start, "a"));

    [Fact]
    public void Start_OfActiveUnit_KeepsTheRequestItself() =>
        Assert.Equal("a/start", FakeWorld.With("a").Active("a").Planned(JobType.Start, "a"));

    [Fact]
    public void Start_WithMaskedRequirement_IsRefusedWithItsError()
    {
        var world = FakeWorld.With("a Requires b", "b Requires c");
        world["c"].LoadState = UnitLoadState.Masked;
        Assert.Equal(new JobRefusal(JobErrors.UnitMasked, "Unit c is masked."), world.Refused(JobType.Start, "a"));
    }

    [Fact]
    public void Start_WithMaskedWant_GoesWithoutAWord()
    {
        var world = FakeWorld.With("a Wants b c");
        world["b"].LoadState = UnitLoadState.Masked;
        world["c"].LoadState = UnitLoadState.NotFound;
        var plan = world.Plan(JobType.Start, "a");
        Assert.Equal(["a/start"], plan.Jobs.Select(job => job.ToString()));
        Assert.Equal(2, plan.Messages.Count);
        Assert.All(plan.Messages, message => Assert.Equal(JobMessageLevel.Debug, message.Level));
    }

    [Fact]
    public void Start_WithBrokenWant_GoesWithAWarning()
    {
        var world = FakeWorld.With("a Wants b");
        world["b"].LoadState = UnitLoadState.BadSetting;
        var plan = world.Plan(JobType.Start, "a");
        Assert.Equal(
            new JobMessage(
                JobMessageLevel.Warning,
                world["b"],
                "Cannot add dependency job, ignoring: Unit b has a bad unit file setting."),
            Assert.Single(plan.Messages));
    }

    [Fact]
    public void Start_WithWantWhoseRequirementIsMasked_StillStartsTheWant()
    {
        // So does systemd: the refusal goes up to the want, but the job it met on the way stays.
        var world = FakeWorld.With("a Wants b", "b Requires c");
        world["c"].LoadState = UnitLoadState.Masked;
        Assert.Equal("a/start b/start", world.Planned(JobType.Start, "a"));
    }

    [Fact]
    public void Start_ConflictingWithPerpetualUnit_IgnoresThatItCannotBeStopped()
    {
        var world = FakeWorld.With("a Conflicts b").Active("b");
        world["b"].IsPerpetual = true;
        Assert.Equal("a/start", world.Planned(JobType.Start, "a"));
    }

    [Fact]
    public void Start_OfDeviceWithOtherNames_CoversThemAll()
    {
        var world = FakeWorld.With("a", "b", "c");
        world["a"].Following.AddRange([world["b"], world["c"]]);
        world["b"].Following.AddRange([world["a"], world["c"]]);
        Assert.Equal("a/start b/start c/start", world.Planned(JobType.Start, "a"));
    }

    [Fact]
    public void Stop_OfUnitWhoseFileIsGone_IsPlanned()
    {
        var world = FakeWorld.With("a").Active("a");
        world["a"].LoadState = UnitLoadState.NotFound;
        Assert.Equal("a/stop", world.Planned(JobType.Stop, "a"));
    }

    [Fact]
    public void Start_OfUnitWhoseFileHasAppeared_LoadsItFirst()
    {
        var world = FakeWorld.With("a Requires b");
        world["b"].LoadState = UnitLoadState.NotFound;
        world.LoadOnRetry.Add("b");
        Assert.Equal("a/start b/start", world.Planned(JobType.Start, "a"));
    }

    [Fact]
    public void ReloadPropagation_InARing_ComesBackToNobody()
    {
        var world = FakeWorld.With("a PropagatesReloadTo b", "b PropagatesReloadTo a").Active("a", "b");
        world["a"].CanReload = world["b"].CanReload = true;
        var plan = world.Table.Planner.PlanReloadPropagation(world["a"], JobMode.Fail);
        Assert.Null(plan.Refusal);
        Assert.Equal(["a/nop", "b/reload"], plan.Jobs.Select(job => job.ToString()));
    }

    [Fact]
    public void Plan_WhateverItSays_ChangesNothing()
    {
        var world = FakeWorld.With("a Requires b", "a Conflicts c").Active("c");
        world.Plan(JobType.Start, "a");
        Assert.Empty(world.Table.Jobs);
        Assert.Empty(world.Events);
        Assert.All(world.All, unit => Assert.Null(unit.Job));
    }
}
