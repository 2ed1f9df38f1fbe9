using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// One entry of SocketBindAllow= or SocketBindDeny=; family and protocol are the kernel's numbers, zero for any, and no
/// ports at all means all of them.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SocketBindItem(int Family, int Protocol, ushort PortCount, ushort FirstPort);
