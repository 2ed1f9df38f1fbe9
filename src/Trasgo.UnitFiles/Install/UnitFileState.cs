namespace Trasgo.UnitFiles.Install;

/// <summary>What "systemctl is-enabled" says: the table of systemctl(1).</summary>
internal enum UnitFileState
{
    Enabled,
    EnabledRuntime,
    Linked,
    LinkedRuntime,
    Alias,
    Masked,
    MaskedRuntime,
    Static,
    Disabled,
    Indirect,
    Generated,
    Transient,
    Bad,
}
