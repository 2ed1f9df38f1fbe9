namespace Trasgo.UnitFiles.Directives;

/// <summary>ProtectSystem=; a boolean is taken as no and yes.</summary>
internal enum ProtectSystem
{
    No,
    Yes,
    Full,
    Strict,
}
