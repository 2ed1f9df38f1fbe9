namespace Trasgo.UnitFiles.Directives;

/// <summary>ProtectHome=; a boolean is taken as no and yes.</summary>
internal enum ProtectHome
{
    No,
    Yes,
    ReadOnly,
    Tmpfs,
}
