namespace Trasgo.UnitFiles.Directives;

/// <summary>ProtectProc=</summary>
internal enum ProtectProc
{
    Default,
    Noaccess,
    Invisible,
    Ptraceable,
}
