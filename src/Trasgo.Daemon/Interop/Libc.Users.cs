using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

internal static unsafe partial class Libc
{
    // The four that look up return the error instead of setting errno.
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getpwnam_r(string name, UserRecord* record, byte* buffer, nuint size, UserRecord** result);

    [LibraryImport(Name)]
    public static partial int getpwuid_r(uint id, UserRecord* record, byte* buffer, nuint size, UserRecord** result);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getgrnam_r(string name, GroupRecord* record, byte* buffer, nuint size, GroupRecord** result);

    [LibraryImport(Name)]
    public static partial int getgrgid_r(uint id, GroupRecord* record, byte* buffer, nuint size, GroupRecord** result);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getgrouplist(string user, uint group, uint* groups, int* count);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getgroups(int size, uint* groups);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getresuid(uint* real, uint* effective, uint* saved);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getresgid(uint* real, uint* effective, uint* saved);

    // The C library makes these three calls for every thread of the process; the system calls behind them know only the one that calls (nptl(7)).
    [LibraryImport(Name, SetLastError = true)]
    public static partial int setgroups(nuint count, uint* groups);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setresuid(uint real, uint effective, uint saved);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setresgid(uint real, uint effective, uint saved);
}

/// <summary>struct passwd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UserRecord
{
    public byte* Name;
    public byte* Password;
    public uint UserId;
    public uint GroupId;
    public byte* Comment;
    public byte* HomeDirectory;
    public byte* Shell;
}

/// <summary>struct group.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GroupRecord
{
    public byte* Name;
    public byte* Password;
    public uint GroupId;
    public byte** Members;
}
