using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>A name in a directory.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileEntry(string Name, FileKind Kind);
