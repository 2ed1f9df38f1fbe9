using System.Globalization;
using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

/// <summary>Who is who, as the C library finds it: /etc/passwd, /etc/group and whatever else nsswitch.conf(5) names.</summary>
internal static unsafe class UserDatabase
{
    private const int FirstSize = 1024;
    private const int LargestSize = 1 << 20;
    private const int FirstGroups = 64;
    private const int MostGroups = 65536;   // NGROUPS_MAX

    /// <summary>A user by name, or by number if it is one; null if there is none.</summary>
    /// <exception cref="DaemonException">The data base cannot be asked.</exception>
    public static (string Name, uint UserId, uint GroupId, string HomeDirectory)? FindUser(string user)
    {
        (string, uint, uint, string)? found = null;
        WithRoom("user", user, (buffer, size) =>
        {
            UserRecord record;
            UserRecord* result;
            int error = TryNumber(user, out uint number)
                ? Libc.getpwuid_r(number, &record, buffer, size, &result)
                : Libc.getpwnam_r(user, &record, buffer, size, &result);
            found = result == null ? null : (Text(record.Name), record.UserId, record.GroupId, Text(record.HomeDirectory));
            return error;
        });
        return found;
    }

    /// <summary>A group by name, or by number if it is one; null if there is none.</summary>
    /// <exception cref="DaemonException">The data base cannot be asked.</exception>
    public static uint? FindGroup(string group)
    {
        uint? found = null;
        WithRoom("group", group, (buffer, size) =>
        {
            GroupRecord record;
            GroupRecord* result;
            int error = TryNumber(group, out uint number)
                ? Libc.getgrgid_r(number, &record, buffer, size, &result)
                : Libc.getgrnam_r(group, &record, buffer, size, &result);
            found = result == null ? null : record.GroupId;
            return error;
        });
        return found;
    }

    /// <summary>The groups that initgroups(3) would set: those that name the user, and the given one.</summary>
    /// <exception cref="DaemonException">They are more than a process may have.</exception>
    public static uint[] GroupsOf(string user, uint group)
    {
        for (int size = FirstGroups; size <= MostGroups; size *= 2)
        {
            uint[] groups = new uint[size];
            int count = size;
            fixed (uint* first = groups)
            {
                if (Libc.getgrouplist(user, group, first, &count) >= 0)
                {
                    return groups[..count];
                }
            }
        }

        throw new DaemonException($"user {user} is in more than {MostGroups} groups");
    }

    /// <summary>A name may consist of digits as far as getpwnam_r(3) is concerned, but not as far as useradd(8) and everybody else is.</summary>
    private static bool TryNumber(string text, out uint number) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private delegate int LookUp(byte* buffer, nuint size);

    /// <summary>Makes a call with more and more room for its answer, until that is enough.</summary>
    private static void WithRoom(string kind, string name, LookUp lookUp)
    {
        int error = Errno.ERANGE;
        for (int size = FirstSize; error == Errno.ERANGE && size <= LargestSize; size *= 2)
        {
            fixed (byte* buffer = new byte[size])
            {
                error = lookUp(buffer, (nuint)size);
            }
        }

        // getpwnam(3): the last two, too, mean that there is nobody of that name.
        if (error is not (Errno.None or Errno.ENOENT or Errno.ESRCH))
        {
            throw new DaemonException($"cannot look up {kind} {name}", error);
        }
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
