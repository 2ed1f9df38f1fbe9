using System.Reflection;
using Trasgo.Tests.Shared;

namespace Trasgo.Daemon.Tests.Interop;

/// <summary>The library's structures and numbers against the C compiler of this machine.</summary>
public sealed class DaemonLayoutTests
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <grp.h>
        #include <poll.h>
        #include <pwd.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <time.h>
        #include <sys/mman.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/time.h>
        #include <sys/uio.h>
        #include <sys/un.h>
        #include <sys/vfs.h>
        """;

    [SkippableFact]
    public void Structures_OfTheLibrary_MatchTheCompilers()
    {
        Skip.IfNot(NativeLayouts.CanBeAsked, "no C compiler");
        new NativeLayouts(Headers)
            .Add<PollDescriptor>("struct pollfd", ("fd", "Fd"), ("events", "Events"), ("revents", "Returned"))
            .Add<StatxBuffer>("struct statx", ("stx_nlink", "Links"), ("stx_uid", "Uid"), ("stx_mode", "Mode"), ("stx_ino", "Inode"),
                ("stx_rdev_major", "SpecialMajor"), ("stx_rdev_minor", "SpecialMinor"), ("stx_dev_major", "DeviceMajor"), ("stx_dev_minor", "DeviceMinor"))
            .Add<FileSystemStatus>("struct statfs", ("f_type", "Type"))
            .Add<FileLock>("struct flock", ("l_type", "Type"), ("l_whence", "Whence"), ("l_start", "Start"), ("l_len", "Length"), ("l_pid", "ProcessId"))
            .Add<IoVector>("struct iovec", ("iov_base", "Base"), ("iov_len", "Length"))
            .Add<MessageHeader>("struct msghdr", ("msg_name", "Name"), ("msg_namelen", "NameLength"), ("msg_iov", "Vectors"), ("msg_iovlen", "VectorCount"),
                ("msg_control", "Control"), ("msg_controllen", "ControlLength"), ("msg_flags", "Flags"))
            .Add<ControlHeader>("struct cmsghdr", ("cmsg_len", "Length"), ("cmsg_level", "Level"), ("cmsg_type", "Type"))
            .Add<TimeValue>("struct timeval", ("tv_sec", "Seconds"), ("tv_usec", "Microseconds"))
            .Add<BrokenDownTime>("struct tm", ("tm_sec", "Second"), ("tm_mon", "Month"), ("tm_mday", "MonthDay"), ("tm_year", "Year"), ("tm_gmtoff", "Offset"), ("tm_zone", "Zone"))
            .Add<UserRecord>("struct passwd", ("pw_name", "Name"), ("pw_uid", "UserId"), ("pw_gid", "GroupId"), ("pw_dir", "HomeDirectory"))
            .Add<GroupRecord>("struct group", ("gr_name", "Name"), ("gr_gid", "GroupId"))
            .Add("sizeof(((struct sockaddr_un *)0)->sun_path)", UnixSocketAddress.PathSize)
            .Compare();
    }

    [SkippableFact]
    public void Numbers_OfTheLibrary_AreTheCompilers()
    {
        Skip.IfNot(NativeLayouts.CanBeAsked, "no C compiler");
        var layouts = new NativeLayouts(Headers);
        foreach (var field in new[] { typeof(FileConstants), typeof(SocketConstants), typeof(Errno) }.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)))
        {
            if (field.Name is not (nameof(Errno.None) or nameof(FileConstants.F_ALL_SEALS)))
            {
                layouts.Add(field.Name, Convert.ToInt64(field.GetRawConstantValue()));
            }
        }

        layouts
            .Add("O_DIRECTORY", FileConstants.O_DIRECTORY)
            .Add("O_NOFOLLOW", FileConstants.O_NOFOLLOW)
            .Add("F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE", FileConstants.F_ALL_SEALS)
            .Compare();
    }
}
