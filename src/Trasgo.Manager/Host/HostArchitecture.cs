using System.Runtime.InteropServices;

namespace Trasgo.Manager;

/// <summary>systemd's name of this machine's architecture.</summary>
internal static class HostArchitecture
{
    public static string? Name { get; } = NameOf(RuntimeInformation.OSArchitecture);

    /// <summary>Whether the kernel's architecture is the one that this program was built for.</summary>
    public static bool IsOurOwn { get; } = RuntimeInformation.OSArchitecture == RuntimeInformation.ProcessArchitecture;

    private static string? NameOf(Architecture architecture) => architecture switch
    {
        Architecture.X64 => "x86-64",
        Architecture.Arm64 => "arm64",
        Architecture.X86 => "x86",
        Architecture.Arm => "arm",
        _ => null,
    };
}
