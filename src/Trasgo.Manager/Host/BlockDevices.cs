using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>Block devices in /sys/dev/block, and what lies under them.</summary>
internal static class BlockDevices
{
    private const int MaximumDepth = 10;

    /// <summary>
    /// Whether the file system of the path is on dm-crypt, however many layers below. A layer over several devices is encrypted when all
    /// of them are.
    /// </summary>
    public static bool IsEncrypted(string path) =>
        FileSystem.Status(path) is { Ok: true, Value.Device: var device } && device >> 32 != 0
        && IsEncrypted($"/sys/dev/block/{device >> 32}:{device & uint.MaxValue}", MaximumDepth);

    private static bool IsEncrypted(string device, int depth)
    {
        if (HostText.Line(device + "/dm/uuid")?.StartsWith("CRYPT-", StringComparison.Ordinal) == true)
        {
            return true;
        }

        var layers = device + "/slaves";
        var slaves = depth > 0 && Directory.Exists(layers) ? Directory.GetFileSystemEntries(layers) : [];
        return slaves.Length > 0 && Array.TrueForAll(slaves, slave => IsEncrypted(slave, depth - 1));
    }
}
