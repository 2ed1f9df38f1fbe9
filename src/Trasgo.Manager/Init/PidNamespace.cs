using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>Whose PID 1 we would be.</summary>
internal static class PidNamespace
{
    /// <summary>PROC_PID_INIT_INO of the kernel: the machine's first namespace has always had this number (Linux 3.8).</summary>
    private const string First = "pid:[4026531836]";

    /// <summary>
    /// Ending PID 1 ends no more than a namespace. Without /proc that cannot be told, and the careful answer is that it is the machine.
    /// </summary>
    public static bool IsContained => FileSystem.ReadLink("/proc/self/ns/pid") is { Ok: true, Value: var name } && name != First;
}
