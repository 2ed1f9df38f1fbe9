using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>What a condition is tested against besides the machine: the manager's environment block.</summary>
internal readonly record struct ConditionSubject(IReadOnlyList<string> Environment);

/// <summary>Whether a condition holds, its "!" aside; an error where that cannot be told, which fails it with and without "!".</summary>
internal delegate Result<bool> ConditionTest(string parameter, ConditionSubject subject);

/// <summary>Every condition of systemd.unit(5), "Conditions and Asserts", and the test behind it.</summary>
internal static class ConditionTable
{
    private static readonly Dictionary<string, ConditionTest> s_tests = new(StringComparer.Ordinal)
    {
        ["PathExists"] = static (p, _) => PathConditions.Exists(p),
        ["PathExistsGlob"] = static (p, _) => PathConditions.GlobExists(p),
        ["PathIsDirectory"] = static (p, _) => PathConditions.IsDirectory(p),
        ["PathIsSymbolicLink"] = static (p, _) => PathConditions.IsSymbolicLink(p),
        ["PathIsMountPoint"] = static (p, _) => PathConditions.IsMountPoint(p),
        ["PathIsReadWrite"] = static (p, _) => PathConditions.IsReadWrite(p),
        ["PathIsEncrypted"] = static (p, _) => BlockDevices.IsEncrypted(p),
        ["DirectoryNotEmpty"] = static (p, _) => PathConditions.DirectoryNotEmpty(p),
        ["FileNotEmpty"] = static (p, _) => PathConditions.FileNotEmpty(p),
        ["FileIsExecutable"] = static (p, _) => PathConditions.FileIsExecutable(p),
        ["KernelCommandLine"] = static (p, _) => KernelConditions.CommandLine(p),
        ["KernelVersion"] = static (p, _) => KernelConditions.Version(p),
        ["Security"] = static (p, _) => SecurityConditions.Security(p),
        ["Capability"] = static (p, _) => SecurityConditions.Capability(p),
        ["Credential"] = static (p, _) => SecurityConditions.Credential(p),
        ["Architecture"] = static (p, _) => MachineConditions.Architecture(p),
        ["Virtualization"] = static (p, _) => MachineConditions.Virtualization(p),
        ["Host"] = static (p, _) => MachineConditions.Host(p),
        ["ACPower"] = static (p, _) => MachineConditions.MainsPower(p),
        ["OSRelease"] = static (p, _) => MachineConditions.OsRelease(p),
        ["CPUFeature"] = static (p, _) => MachineConditions.ProcessorFeature(p),
        ["Firmware"] = static (p, _) => FirmwareConditions.Firmware(p),
        ["NeedsUpdate"] = static (p, _) => UpdateConditions.NeedsUpdate(p),
        ["FirstBoot"] = static (p, _) => UpdateConditions.FirstBoot(p),
        ["User"] = static (p, _) => UserConditions.User(p),
        ["Group"] = static (p, _) => UserConditions.Group(p),
        ["Environment"] = static (p, subject) => KernelConditions.Contains(subject.Environment, p),
        ["ControlGroupController"] = static (p, _) => ResourceConditions.Controller(p),
        ["CPUs"] = static (p, _) => ResourceConditions.Processors(p),
        ["Memory"] = static (p, _) => ResourceConditions.Memory(p),
        ["MemoryPressure"] = static (p, _) => PressureConditions.Test("memory", p),
        ["CPUPressure"] = static (p, _) => PressureConditions.Test("cpu", p),
        ["IOPressure"] = static (p, _) => PressureConditions.Test("io", p),
    };

    public static IReadOnlyCollection<string> Kinds => s_tests.Keys;

    public static Result<bool> Test(string kind, string parameter, ConditionSubject subject) =>
        s_tests.TryGetValue(kind, out var test) ? test(parameter, subject) : Errno.EOPNOTSUPP;
}
