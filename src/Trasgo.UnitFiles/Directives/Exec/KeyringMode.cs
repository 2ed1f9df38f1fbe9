namespace Trasgo.UnitFiles.Directives;

/// <summary>KeyringMode=</summary>
internal enum KeyringMode
{
    Inherit,
    Private,
    Shared,
}
