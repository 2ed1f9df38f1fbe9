using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Tests.Jobs;

/// <summary>The claims of systemd's test-job-type.c, and the tables themselves.</summary>
public sealed class JobAlgebraTests
{
    private static readonly JobType[] s_merging =
        [JobType.Start, JobType.VerifyActive, JobType.Stop, JobType.Reload, JobType.Restart];

    private static readonly UnitActiveState[] s_states = Enum.GetValues<UnitActiveState>();

    [Fact]
    public void Merge_EveryPair_IsTheTableOfSystemd()
    {
        var table = new Dictionary<(JobType, JobType), JobType>
        {
            [(JobType.Start, JobType.VerifyActive)] = JobType.Start,
            [(JobType.Start, JobType.Reload)] = JobType.ReloadOrStart,
            [(JobType.Start, JobType.Restart)] = JobType.Restart,
            [(JobType.VerifyActive, JobType.Reload)] = JobType.Reload,
            [(JobType.VerifyActive, JobType.Restart)] = JobType.Restart,
            [(JobType.Reload, JobType.Restart)] = JobType.Restart,
        };
        foreach (var a in s_merging)
        {
            foreach (var b in s_merging)
            {
                JobType? expected = a == b ? a
                    : table.TryGetValue((a, b), out var t) || table.TryGetValue((b, a), out t) ? t
                    : null;
                Assert.Equal(expected, JobAlgebra.Merge(a, b));
                Assert.Equal(expected is null, JobAlgebra.IsConflicting(a, b));
                Assert.Equal(JobAlgebra.Merge(a, b), JobAlgebra.Merge(b, a));
                Assert.Equal(expected == a, JobAlgebra.IsSuperset(a, b));
            }
        }
    }

    [Fact]
    public void MergeAndCollapse_EveryTripleInEveryState_IsAssociative()
    {
        var merged = 0;
        foreach (var state in s_states)
        {
            foreach (var a in s_merging)
            {
                foreach (var b in s_merging)
                {
                    if (JobAlgebra.MergeAndCollapse(a, b, state) is not { } ab)
                        continue;
                    foreach (var c in s_merging)
                    {
                        if (JobAlgebra.MergeAndCollapse(b, c, state) is not { } bc)
                            continue;
                        merged++;
                        var whole = JobAlgebra.MergeAndCollapse(ab, c, state);
                        Assert.NotNull(whole);
                        Assert.Equal(whole, JobAlgebra.MergeAndCollapse(a, bc, state));
                        Assert.Equal(whole, JobAlgebra.MergeAndCollapse(bc, a, state));
                    }
                }
            }
        }

        Assert.True(merged >= s_states.Length * 60);
    }

    [Fact]
    public void Mergeability_EveryTripleInEveryState_IsTransitiveAndKeptByMerging()
    {
        foreach (var state in s_states)
        {
            foreach (var a in s_merging)
            {
                foreach (var b in s_merging)
                {
                    if (JobAlgebra.MergeAndCollapse(a, b, state) is not { } ab)
                        continue;
                    foreach (var c in s_merging)
                    {
                        var ac = JobAlgebra.IsMergeable(a, c);
                        var bc = JobAlgebra.IsMergeable(b, c);
                        Assert.True(!bc || ac);
                        Assert.Equal(ac && bc, JobAlgebra.IsMergeable(ab, c));
                    }
                }
            }
        }
    }

    [Fact]
    public void Nop_WithAnything_NeitherConflictsNorAdds()
    {
        foreach (var type in s_merging)
        {
            Assert.False(JobAlgebra.IsConflicting(type, JobType.Nop));
            Assert.False(JobAlgebra.IsConflicting(JobType.Nop, type));
            Assert.True(JobAlgebra.IsSuperset(type, JobType.Nop));
            Assert.False(JobAlgebra.IsSuperset(JobType.Nop, type));
        }

        Assert.True(JobAlgebra.IsSuperset(JobType.Nop, JobType.Nop));
    }

    [Fact]
    public void Collapse_EveryTypeInEveryState_LeavesTypesThatMayStandInATransaction()
    {
        foreach (var state in s_states)
        {
            foreach (var type in Enum.GetValues<JobType>())
            {
                var collapsed = JobAlgebra.Collapse(type, state);
                Assert.InRange(collapsed, JobType.Start, JobType.Nop);
                if (type <= JobType.Nop)
                    Assert.Equal(type, collapsed);
            }
        }
    }

    [Theory]
    [InlineData(JobType.TryRestart, "restart restart nop nop restart nop nop")]
    [InlineData(JobType.TryReload, "reload reload nop nop nop nop nop")]
    [InlineData(JobType.ReloadOrStart, "reload reload start start start start start")]
    internal void Collapse_TypesThatDependOnState_FollowIt(JobType type, string byState) => Assert.Equal(
        byState, string.Join(' ', s_states.Select(state => JobAlgebra.Collapse(type, state).Name())));

    [Theory]
    [InlineData(JobType.Start, "Active Reloading")]
    [InlineData(JobType.VerifyActive, "Active Reloading")]
    [InlineData(JobType.Stop, "Inactive Failed")]
    [InlineData(JobType.Reload, "Reloading")]
    [InlineData(JobType.Restart, "")]
    [InlineData(JobType.Nop, "Active Reloading Inactive Failed Activating Deactivating Maintenance")]
    internal void IsRedundant_ByType_OnlyInStatesThatNeedNothing(JobType type, string states) => Assert.Equal(
        states, string.Join(' ', s_states.Where(state => JobAlgebra.IsRedundant(type, state))));

    [Fact]
    public void LateMerge_Reload_IsTheOnlyTypeThatMayNot()
    {
        foreach (var type in s_merging)
            Assert.Equal(type != JobType.Reload, JobAlgebra.AllowsLateMerge(type));
    }

    [Fact]
    public void Order_EveryPairOfTypes_StopsGoFirst()
    {
        foreach (var a in s_merging)
        {
            foreach (var b in s_merging)
            {
                var bStops = b is JobType.Stop or JobType.Restart;
                Assert.Equal(bStops ? 1 : -1, JobOrder.CompareBefore(a, b));
                Assert.Equal(-JobOrder.CompareBefore(b, a), JobOrder.CompareAfter(a, b));
            }

            Assert.Equal(0, JobOrder.CompareBefore(a, JobType.Nop));
            Assert.Equal(0, JobOrder.CompareAfter(JobType.Nop, a));
        }
    }

    [Fact]
    public void Names_EveryMember_ParseBack()
    {
        foreach (var type in Enum.GetValues<JobType>())
            Assert.True(JobNames.TryParse(type.Name(), out JobType back) && back == type);
        foreach (var mode in Enum.GetValues<JobMode>())
            Assert.True(JobNames.TryParse(mode.Name(), out JobMode back) && back == mode);
        foreach (var state in Enum.GetValues<JobState>())
            Assert.True(JobNames.TryParse(state.Name(), out JobState back) && back == state);
        foreach (var result in Enum.GetValues<JobResult>())
            Assert.True(JobNames.TryParse(result.Name(), out JobResult back) && back == result);
        Assert.False(JobNames.TryParse("restart-dependencies", out JobMode _));
        Assert.False(JobNames.TryParse(null, out JobType _));
    }
}
