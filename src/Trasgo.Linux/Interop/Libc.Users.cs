using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>NSS. Only for helper processes: these calls load modules, wait for networks and never unload.</summary>
internal static unsafe partial class Libc
{
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getpwnam_r(string name, NativeUser* entry, byte* buffer, nuint size, NativeUser** result);

    [LibraryImport(Name)]
    public static partial int getpwuid_r(uint uid, NativeUser* entry, byte* buffer, nuint size, NativeUser** result);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getgrnam_r(string name, NativeGroup* entry, byte* buffer, nuint size, NativeGroup** result);

    [LibraryImport(Name)]
    public static partial int getgrgid_r(uint gid, NativeGroup* entry, byte* buffer, nuint size, NativeGroup** result);

    [LibraryImport(Name)]
    public static partial int getgrouplist(byte* user, uint group, uint* groups, int* count);
}

/// <summary>struct passwd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeUser
{
    public byte* UserName;
    public byte* Password;
    public uint Uid;
    public uint Gid;
    public byte* FullName;
    public byte* Home;
    public byte* Shell;
}

/// <summary>struct group.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeGroup
{
    public byte* GroupName;
    public byte* Password;
    public uint Gid;
    public byte** Members;
}
