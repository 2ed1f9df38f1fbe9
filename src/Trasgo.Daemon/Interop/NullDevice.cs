using Microsoft.Win32.SafeHandles;
using static Trasgo.Daemon.FileConstants;

namespace Trasgo.Daemon;

/// <summary>/dev/null.</summary>
internal static class NullDevice
{
    public static SafeFileHandle Open()
    {
        int fd = Libc.openat(AT_FDCWD, "/dev/null", O_RDWR | O_NOCTTY | O_CLOEXEC, 0);
        return fd >= 0 ? new SafeFileHandle(fd, ownsHandle: true) : throw DaemonException.Last("cannot open /dev/null");
    }

    /// <summary>
    /// Puts it in the place of a file wherever that is open: .NET's <see cref="Console"/> writes to a duplicate, which would keep the file open.
    /// </summary>
    public static void ReplaceEverywhere(in FileStatus file)
    {
        var numbers = new List<int>();
        foreach (string path in Directory.GetFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(path), out int fd))
            {
                numbers.Add(fd);
            }
        }

        Replace(file, numbers);
    }

    /// <summary>Puts it in the place of a file where that is a standard stream.</summary>
    public static void ReplaceStandardStreams(in FileStatus file) => Replace(file, [0, 1, 2]);

    private static void Replace(in FileStatus file, IReadOnlyList<int> numbers)
    {
        using var nothing = Open();
        foreach (int fd in numbers)
        {
            if (FileStatus.TryGet(fd, out var status) && status.IsSameFile(file))
            {
                DescriptorCalls.Replace((int)nothing.DangerousGetHandle(), fd, closeOnExec: fd > 2);
            }
        }
    }
}
