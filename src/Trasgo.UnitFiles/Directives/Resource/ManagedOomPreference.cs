namespace Trasgo.UnitFiles.Directives;

/// <summary>ManagedOOMPreference=</summary>
internal enum ManagedOomPreference
{
    None,
    Avoid,
    Omit,
}
