using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>
/// Users and groups through NSS. It may block for as long as a directory server likes, so it is called in a helper process and nowhere
/// else: see <see cref="Users"/> for the manager.
/// </summary>
internal static unsafe class NameService
{
    private const int BufferSize = 1024 * 1024;
    private const int MaximumGroups = 65536;

    public static (UserEntry User, uint[] Groups)? User(string nameOrId)
    {
        var buffer = (byte*)NativeMemory.Alloc(BufferSize);
        try
        {
            NativeUser entry;
            NativeUser* found = null;
            _ = Users.TryParseId(nameOrId, out var uid)
                ? Libc.getpwuid_r(uid, &entry, buffer, BufferSize, &found)
                : Libc.getpwnam_r(nameOrId, &entry, buffer, BufferSize, &found);
            return found is null
                ? null
                : (new UserEntry(Text(found->UserName), found->Uid, found->Gid, Text(found->Home), Text(found->Shell)),
                    Groups(found->UserName, found->Gid));
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
    }

    public static GroupEntry? Group(string nameOrId)
    {
        var buffer = (byte*)NativeMemory.Alloc(BufferSize);
        try
        {
            NativeGroup entry;
            NativeGroup* found = null;
            _ = Users.TryParseId(nameOrId, out var gid)
                ? Libc.getgrgid_r(gid, &entry, buffer, BufferSize, &found)
                : Libc.getgrnam_r(nameOrId, &entry, buffer, BufferSize, &found);
            return found is null ? null : new GroupEntry(Text(found->GroupName), found->Gid, []);
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
    }

    private static uint[] Groups(byte* name, uint gid)
    {
        var groups = new uint[64];
        while (true)
        {
            var count = groups.Length;
            fixed (uint* start = groups)
            {
                if (Libc.getgrouplist(name, gid, start, &count) >= 0)
                {
                    return groups[..Math.Min(count, groups.Length)];
                }
            }

            if (groups.Length >= MaximumGroups)
            {
                return groups;
            }

            groups = new uint[Math.Min(MaximumGroups, Math.Max(count, groups.Length * 2))];
        }
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? string.Empty;
}
