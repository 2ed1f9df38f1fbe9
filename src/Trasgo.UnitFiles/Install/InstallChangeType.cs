namespace Trasgo.UnitFiles.Install;

internal enum InstallChangeType
{
    Symlink,
    Unlink,
    IsMasked,
    IsMaskedGenerator,
    IsDangling,
    DestinationNotPresent,
    AuxiliaryFailed,

    /// <summary>No change but a failure; the change's Error says which.</summary>
    Failed,
}
