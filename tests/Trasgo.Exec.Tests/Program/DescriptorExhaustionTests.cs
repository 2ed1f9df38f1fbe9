using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec.Tests;

/// <summary>It takes the descriptors away from the whole process, so nothing runs beside it.</summary>
[Collection(nameof(DescriptorExhaustionTests))]
[CollectionDefinition(nameof(DescriptorExhaustionTests), DisableParallelization = true)]
public sealed class DescriptorExhaustionTests : IDisposable
{
    private readonly ExecFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Descriptors_Exhausted_FailTheStartAndNotTheManager()
    {
        var limit = ProcessControl.Limit(ResourceLimits.Files).OrThrow("getrlimit");
        using var used = FileSystem.Open("/dev/null", OpenFlags.ReadOnly).OrThrow("open");
        var parameters = _fixture.Parameters("/bin/true") with { Descriptors = [new(used, "a")], LogOutput = used };
        ExecResult? result = null;
        using var loop = new EventLoop();
        using var reaper = new ChildReaper(loop, scope: ReapScope.Spawned);
        using var spawner = new Spawner(loop, reaper);
        var starter = new CommandStarter(loop, spawner, _fixture.Host);

        // One below the lowest free number: nothing can be opened any more, while what is open stays.
        ProcessControl.SetLimit(ResourceLimits.Files, limit with { Soft = (ulong)LowestFree() }).OrThrow("setrlimit");
        try
        {
            starter.Start(parameters, r => result = r);
            var deadline = SystemTime.Instance.Now(Clock.Monotonic) + 10_000_000;
            while (result is null && SystemTime.Instance.Now(Clock.Monotonic) < deadline)
            {
                loop.RunOnce(100_000);
            }
        }
        finally
        {
            ProcessControl.SetLimit(ResourceLimits.Files, limit).OrThrow("setrlimit");
        }

        Assert.NotNull(result);
        Assert.Equal(Errno.EMFILE, result!.Value.Spawn.Error);
        if (result.Value.Pid > 0)
        {
            unsafe
            {
                ChildInfo info;
                Assert.Equal(0, Libc.waitid(1, (uint)result.Value.Pid, &info, 4));
                Assert.Equal((int)result.Value.Spawn.FailedStep, info.Status);
            }
        }

        static int LowestFree()
        {
            using var probe = FileSystem.Open("/dev/null", OpenFlags.ReadOnly).OrThrow("open");
            return probe.Raw;
        }
    }
}
