using System.Runtime.InteropServices;

namespace Trasgo.Linux;

internal static unsafe partial class Libc
{
    /// <summary>The index of a network interface, 0 if there is none of that name; a system call, no name service.</summary>
    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint if_nametoindex(string name);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mq_open(string name, int flags, uint mode, MessageQueueAttributes* attributes);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mq_unlink(string name);
}

/// <summary>struct sockaddr_in; port and address in network order.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal unsafe struct InternetAddress
{
    public ushort Family;
    public ushort Port;
    public fixed byte Address[4];
}

/// <summary>struct sockaddr_in6; port and address in network order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Internet6Address
{
    public ushort Family;
    public ushort Port;
    public uint FlowInfo;
    public fixed byte Address[16];
    public uint ScopeId;
}

/// <summary>struct sockaddr_vm.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct VsockAddress
{
    public ushort Family;
    public ushort Reserved;
    public uint Port;
    public uint Cid;
}

/// <summary>struct sockaddr_nl.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NetlinkAddress
{
    public ushort Family;
    public ushort Padding;
    public uint Port;
    public uint Groups;
}

/// <summary>struct mq_attr.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct MessageQueueAttributes
{
    public long Flags;
    public long MaximumMessages;
    public long MessageSize;
    public long CurrentMessages;
}
