using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.Install;

/// <summary>One thing done, found or failed. Paths are as a user outside of --root= sees them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InstallChange(InstallChangeType Type, string Path, string Source, InstallError Error = InstallError.None)
{
    public bool IsFailure => Type == InstallChangeType.Failed;

    public bool IsModification => Type is InstallChangeType.Symlink or InstallChangeType.Unlink;
}
