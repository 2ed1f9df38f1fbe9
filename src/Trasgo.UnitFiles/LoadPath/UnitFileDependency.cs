using System.Runtime.InteropServices;
using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>A unit that a link in a .wants/ or .requires/ directory names, and the link.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UnitFileDependency(UnitName Name, string Path);
