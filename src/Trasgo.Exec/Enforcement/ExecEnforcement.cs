using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec;

/// <summary>A directive that a unit sets, and what becomes of it on this host.</summary>
internal readonly record struct EnforcementFact(string Directive, Enforcement State);

/// <summary>
/// What the directive rows cannot know, because it depends on the host and on our privileges: which of a unit's exec settings are done
/// differently here, or not at all. What fails the start instead needs no entry.
/// </summary>
internal static class ExecEnforcement
{
    public static List<EnforcementFact> Of(ExecConfig config, ExecHost host)
    {
        var facts = new List<EnforcementFact>();
        AddPrivileged(facts, config, host);
        AddStreams(facts, config, host);
        if (config.DynamicUser)
        {
            facts.Add(new("DynamicUser", Enforcement.Emulated("a free user id is taken, but no name service knows it and nothing is sandboxed")));
        }

        if (config is { PamName.Length: > 0, User: null, DynamicUser: false })
        {
            facts.Add(new("PAMName", Enforcement.Ignored("as in systemd there is no session without User=")));
        }

        if (config.RootDirectory is not null)
        {
            facts.Add(new("RootDirectory", Enforcement.Emulated("by chroot, without a mount namespace")));
        }

        return facts;
    }

    private static void AddPrivileged(List<EnforcementFact> facts, ExecConfig config, ExecHost host)
    {
        if (config.Nice is < 0 && !host.Can(CapabilityNumbers.SysNice))
        {
            facts.Add(new("Nice", Enforcement.Ignored("CAP_SYS_NICE is missing")));
        }

        if (host.Can(CapabilityNumbers.SysResource))
        {
            return;
        }

        if (config.OomScoreAdjust is { } score && score < config.Host.OomScoreAdjust)
        {
            facts.Add(new("OOMScoreAdjust", Enforcement.Ignored("it can only be raised without CAP_SYS_RESOURCE")));
        }

        for (var resource = 0; resource < config.Limits.Length; resource++)
        {
            if (config.Limits[resource] is { } wanted && ProcessControl.Limit(resource) is { Ok: true, Value: var own } && wanted.Hard > own.Hard)
            {
                facts.Add(new(LimitNames[resource], Enforcement.Emulated($"set to {own.Hard}, since CAP_SYS_RESOURCE is missing")));
            }
        }
    }

    private static void AddStreams(List<EnforcementFact> facts, ExecConfig config, ExecHost host)
    {
        if (host.JournalSocket is not null)
        {
            return;
        }

        foreach (var (name, output) in ((string, ExecOutput)[])[("StandardOutput", config.StandardOutput), ("StandardError", config.StandardError)])
        {
            if (output is ExecOutput.Journal or ExecOutput.JournalAndConsole or ExecOutput.Kmsg or ExecOutput.KmsgAndConsole)
            {
                facts.Add(new(name, Enforcement.Emulated("written to the manager's log, since there is no journal")));
            }
        }
    }

    private static string[] LimitNames { get; } =
    [
        "LimitCPU", "LimitFSIZE", "LimitDATA", "LimitSTACK", "LimitCORE", "LimitRSS", "LimitNPROC", "LimitNOFILE", "LimitMEMLOCK", "LimitAS",
        "LimitLOCKS", "LimitSIGPENDING", "LimitMSGQUEUE", "LimitNICE", "LimitRTPRIO", "LimitRTTIME",
    ];
}
