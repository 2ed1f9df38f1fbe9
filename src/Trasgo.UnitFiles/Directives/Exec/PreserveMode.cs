namespace Trasgo.UnitFiles.Directives;

/// <summary>RuntimeDirectoryPreserve=</summary>
internal enum PreserveMode
{
    No,
    Yes,
    Restart,
}
