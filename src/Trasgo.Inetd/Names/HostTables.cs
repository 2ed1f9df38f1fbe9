using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd;

/// <summary>What the files of the host say that both configurations need: names, and whether there is IPv6.</summary>
internal sealed record HostTables(ServiceNames Services, HostNames Hosts, bool HasIPv6)
{
    // Longer files exist only by mistake or to do harm.
    public const int FileLimit = 4 * 1024 * 1024;

    private const string IPv6Addresses = "/proc/net/if_inet6";

    /// <summary><paramref name="kernel"/> is the file system with /proc, also where the configuration is that of another tree.</summary>
    public static HostTables Read(IUnitFileSystem files, IUnitFileSystem kernel) => new(
        ServiceNames.Parse(ReadText(files, ServiceNames.Path) ?? ""),
        HostNames.Parse(ReadText(files, HostNames.Path) ?? ""),
        kernel.Stat(IPv6Addresses, followLinks: true, out _) != FileKind.Missing);

    /// <summary>Null where there is no such file, or none that can be read.</summary>
    public static string? ReadText(IUnitFileSystem files, string path) =>
        files.Read(path, FileLimit, out _) is { } bytes ? ByteText.Decode(bytes) : null;
}
