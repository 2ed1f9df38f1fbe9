using System.Diagnostics;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager.Tests;

/// <summary>The same conditions, asked of systemd and of us on the same machine.</summary>
public sealed class ConditionOracleTests
{
    private const string Oracle = "/usr/bin/systemd-analyze";

    private readonly ConditionTester _tester = new(static () => []);

    public static TheoryData<string> Expressions =>
    [
        "PathExists=/etc/passwd", "PathExists=!/etc/passwd", "PathExists=/nonexistent", "PathExistsGlob=/etc/pass*",
        "PathExistsGlob=/etc/{passwd,nothing}", "PathExistsGlob=/etc/nothing{1,2}", "PathExistsGlob=/etc/*/nothing-at-all",
        "PathExistsGlob=/e?c/[p]asswd", "PathIsDirectory=/etc", "PathIsDirectory=/etc/passwd", "PathIsSymbolicLink=/proc/self",
        "PathIsSymbolicLink=/etc", "PathIsMountPoint=/proc", "PathIsMountPoint=/etc", "PathIsMountPoint=/", "PathIsReadWrite=/tmp",
        "PathIsReadWrite=/proc/sys/nothing", "PathIsReadWrite=/sys", "PathIsEncrypted=/", "PathIsEncrypted=/proc",
        "DirectoryNotEmpty=/etc", "DirectoryNotEmpty=/etc/passwd", "DirectoryNotEmpty=/nonexistent", "FileNotEmpty=/etc/passwd",
        "FileNotEmpty=/dev/null", "FileIsExecutable=/bin/sh", "FileIsExecutable=/etc/passwd", "FileIsExecutable=/etc",
        "KernelCommandLine=quiet", "KernelCommandLine=root", "KernelVersion=*", "KernelVersion=>=2.6.32", "KernelVersion=>= 2.6.32",
        "KernelVersion=<3 >9999", "KernelVersion=!$=9*", "KernelVersion=>2.6 <9999.1", "KernelVersion=$=[0-9]*", "KernelVersion=>",
        "Architecture=native", "Architecture=x86-64", "Architecture=arm64", "Architecture=nothing", "Virtualization=yes",
        "Virtualization=no", "Virtualization=container", "Virtualization=vm", "Virtualization=docker", "Virtualization=kvm",
        "Virtualization=private-users", "Virtualization=nothing", "Host=*", "Host=nothing", "Host=0123456789abcdef0123456789abcdef",
        "ACPower=yes", "ACPower=no", "ACPower=perhaps", "Security=selinux", "Security=smack", "Security=apparmor", "Security=audit",
        "Security=ima", "Security=tomoyo", "Security=uefi-secureboot", "Security=tpm2", "Security=nothing", "Capability=CAP_SYS_ADMIN",
        "Capability=cap_kill", "Capability=CAP_AUDIT_READ", "Capability=nothing", "Capability=40", "Credential=nothing",
        "ControlGroupController=v1", "ControlGroupController=v2", "ControlGroupController=memory", "ControlGroupController=cpuset",
        "ControlGroupController=cpu memory", "ControlGroupController=io", "ControlGroupController=nothing",
        "ControlGroupController=memory nothing", "Memory=>1K", "Memory=1024T", "Memory=<= 1G", "Memory=>1M 5", "Memory=<9999P", "CPUs=1",
        "CPUs=>=2", "CPUs=>100000", "CPUs=!=0", "CPUs=$=1", "CPUFeature=fpu", "CPUFeature=SSE2", "CPUFeature=avx2", "CPUFeature=sha_ni",
        "CPUFeature=constant_tsc", "CPUFeature=rdtscp", "CPUFeature=nothing", "OSRelease=ID=debian", "OSRelease=ID!=debian",
        "OSRelease=VERSION_ID>=12", "OSRelease=VERSION_ID<12 ID=debian", "OSRelease=ID$=deb*", "OSRelease=NOTHING=x",
        "OSRelease=NOTHING=", "OSRelease=ID=", "OSRelease=ID", "OSRelease=1D=x", "User=root", "User=0", "User=nobody", "User=@system",
        "User=daemon", "User=12345", "User=nobody-of-this-name", "Group=root", "Group=0", "Group=daemon", "Group=12345", "FirstBoot=no",
        "FirstBoot=yes", "FirstBoot=perhaps", "NeedsUpdate=/etc", "NeedsUpdate=/nonexistent", "NeedsUpdate=/sys", "Firmware=uefi",
        "Firmware=device-tree", "Firmware=device-tree-compatible(x)", "Firmware=device-tree-compatible(x", "Firmware=smbios-field(x = y)",
        "Firmware=smbios-field(sys_vendor $= *)", "Firmware=smbios-field(sys_vendor)", "Firmware=nothing", "MemoryPressure=100%",
        "MemoryPressure=0%/1min", "CPUPressure=100%/10sec", "IOPressure=system.slice:50%", "Environment=NOTHING_OF_THIS_NAME",
    ];

    [SkippableTheory]
    [MemberData(nameof(Expressions))]
    public void Condition_AskedOfSystemdToo_HasTheSameOutcome(string expression)
    {
        Skip.IfNot(File.Exists(Oracle), "systemd-analyze is not installed");

        var expected = AskSystemd("Condition" + expression);

        Assert.Equal(expected, Ask(expression));
    }

    private string Ask(string expression)
    {
        var at = expression.IndexOf('=', StringComparison.Ordinal);
        var text = expression[(at + 1)..];
        var negate = text.StartsWith('!');
        var condition = new Condition(expression[..at], negate ? text[1..].TrimStart() : text, trigger: false, negate);
        return _tester.Test([condition], isAssert: false, out _) ? "succeeded" : "failed";
    }

    private static string AskSystemd(string expression)
    {
        var start = new ProcessStartInfo(Oracle, ["condition", expression]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SYSTEMD_LOG_LEVEL"] = "info";
        using var process = Process.Start(start)!;
        var output = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Contains("Conditions succeeded", StringComparison.Ordinal) ? "succeeded"
            : output.Contains("Conditions failed", StringComparison.Ordinal) ? "failed" : output;
    }
}
