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
