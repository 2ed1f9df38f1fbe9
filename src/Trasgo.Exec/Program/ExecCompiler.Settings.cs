using Trasgo.Linux;
using Trasgo.UnitFiles.Values;
using NativeLimit = Trasgo.Linux.ResourceLimit;

namespace Trasgo.Exec;

/// <summary>Scheduling, limits and the like.</summary>
internal sealed partial class ExecCompiler
{
    private const int SchedulingResetOnFork = 0x4000_0000;
    private const int IoPriorityProcess = 1;

    private void AddScheduling()
    {
        if (_config.OomScoreAdjust is { } score)
        {
            // Written by a process that shares our memory it would be ours as well, unless we sleep for it (__set_oom_adj() of the kernel).
            _program.MustSuspend = true;

            // Without CAP_SYS_RESOURCE it can only be raised; systemd, too, goes on then.
            _program.WriteFile(SpawnStep.OomAdjust, "/proc/self/oom_score_adj", $"{score}", !_host.Can(CapabilityNumbers.SysResource));
        }

        if (_config.CpuSchedulingSet)
        {
            var policy = _config.CpuSchedulingPolicy | (_config.CpuSchedulingResetOnFork ? SchedulingResetOnFork : 0);
            _program.Call(
                SpawnStep.SetScheduler,
                SystemCall.SchedSetScheduler,
                $"sched_setscheduler({_config.CpuSchedulingPolicy}, priority {_config.CpuSchedulingPriority})",
                [0, policy, _program.Copy<int>([_config.CpuSchedulingPriority])]);
        }

        if (_config.Nice is { } nice)
        {
            _program.Nice(nice, ignoreError: !_host.Can(CapabilityNumbers.SysNice));
        }

        if (_config.CpuAffinity.IsSet)
        {
            var bits = _config.CpuAffinity.Bits;
            _program.Call(
                SpawnStep.CpuAffinity,
                SystemCall.SchedSetAffinity,
                $"sched_setaffinity({_config.CpuAffinity})",
                [0, bits.Length, _program.Bytes(bits)]);
        }

        AddSmallSettings();
    }

    private void AddSmallSettings()
    {
        if (_config.IoPriority is { } priority)
        {
            _program.Call(SpawnStep.IoPrio, SystemCall.IoprioSet, $"ioprio_set({priority >> 13}, {priority & 0x1FFF})", [IoPriorityProcess, 0, priority]);
        }

        if (_config.TimerSlackNsec != TimeSpans.Infinity)
        {
            _program.SetTimerSlack(_config.TimerSlackNsec);
        }

        if (_config.Personality != UnitFiles.Directives.ExecConfig.PersonalityUnset)
        {
            _program.Call(SpawnStep.Personality, SystemCall.Personality, $"personality(0x{_config.Personality:x})", [(long)_config.Personality]);
        }
    }

    /// <summary>As near to what was asked for as we may go: without CAP_SYS_RESOURCE no hard limit can be raised.</summary>
    private void AddLimits()
    {
        for (var resource = 0; resource < _config.Limits.Length; resource++)
        {
            if (_config.Limits[resource] is not { } wanted)
            {
                continue;
            }

            var limit = new NativeLimit { Soft = wanted.Soft, Hard = wanted.Hard };
            if (MostAllowed(resource, wanted.Hard) is { } most)
            {
                limit.Hard = Math.Min(limit.Hard, most);
                limit.Soft = Math.Min(limit.Soft, limit.Hard);
            }

            _program.Limit(resource, limit);
        }
    }

    /// <summary>What the kernel would refuse beyond; null where it refuses nothing. LimitNOFILE=infinity is refused even to root.</summary>
    private ulong? MostAllowed(int resource, ulong wanted)
    {
        var mayRaise = _host.Can(CapabilityNumbers.SysResource);
        if ((mayRaise && resource != DescriptorLimit.Resource) ||
            ProcessControl.Limit(resource) is not { Ok: true, Value: var own } || wanted <= own.Hard)
        {
            return null;
        }

        return mayRaise ? Math.Max(own.Hard, DescriptorLimit.Ceiling) : own.Hard;
    }
}
