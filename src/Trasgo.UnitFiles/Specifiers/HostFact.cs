namespace Trasgo.UnitFiles.Specifiers;

/// <summary>What specifiers say of the host and of the manager, rather than of the unit.</summary>
internal enum HostFact
{
    Architecture,
    BootId,
    MachineId,
    HostName,
    ShortHostName,
    PrettyHostName,
    KernelRelease,
    OsId,
    OsVersionId,
    OsVariantId,
    OsBuildId,
    OsImageId,
    OsImageVersion,
    UserName,
    UserId,
    GroupName,
    GroupId,
    Home,
    Shell,
    TemporaryDirectory,
    VarTemporaryDirectory,
    ConfigurationDirectory,
    StateDirectory,
    CacheDirectory,
    LogsDirectory,
    RuntimeDirectory,
}

internal interface ISpecifierHost
{
    /// <summary>
    /// The value, empty where the host leaves it blank; null with strerror(3)'s text in <paramref name="error"/> where it
    /// cannot be had, which makes the specifier fail.
    /// </summary>
    string? Get(HostFact fact, out string? error);

    /// <summary>The path with its links resolved, for %y and %Y.</summary>
    string? RealPath(string path);
}
