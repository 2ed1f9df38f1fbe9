namespace Trasgo.UnitFiles.Directives;

internal enum EnforcementKind
{
    Enforced,

    /// <summary>Something with the same purpose is done.</summary>
    Emulated,

    /// <summary>Read, checked and shown, but without effect.</summary>
    Ignored,
}
