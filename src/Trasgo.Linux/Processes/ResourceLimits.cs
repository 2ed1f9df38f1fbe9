namespace Trasgo.Linux;

/// <summary>RLIMIT_* of Linux on x86-64 and arm64.</summary>
internal static class ResourceLimits
{
    public const int Cpu = 0;
    public const int FileSize = 1;
    public const int Data = 2;
    public const int Stack = 3;
    public const int Core = 4;
    public const int ResidentSet = 5;
    public const int Processes = 6;
    public const int Files = 7;
    public const int MemoryLock = 8;
    public const int AddressSpace = 9;
    public const int Locks = 10;
    public const int PendingSignals = 11;
    public const int MessageQueue = 12;
    public const int Nice = 13;
    public const int RealtimePriority = 14;
    public const int RealtimeTime = 15;

    /// <summary>In the order of the numbers.</summary>
    private static readonly string[] s_names =
    [
        "Cpu", "FileSize", "Data", "Stack", "Core", "ResidentSet", "Processes", "OpenFiles", "LockedMemory", "AddressSpace", "Locks", "PendingSignals",
        "MessageQueues", "Nice", "RealTimePriority", "RealTime",
    ];

    public static string Name(int resource) => s_names[resource];
}
