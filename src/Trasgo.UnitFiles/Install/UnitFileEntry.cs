using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.Install;

/// <summary>A row of "systemctl list-unit-files".</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UnitFileEntry(string Path, UnitFileState State)
{
    public string Name => Syntax.PathText.FileName(Path);
}
