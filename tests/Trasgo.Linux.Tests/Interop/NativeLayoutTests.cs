using System.Runtime.InteropServices;
using Trasgo.Tests.Shared;

namespace Trasgo.Linux.Tests;

/// <summary>Every native structure against the C compiler of this machine.</summary>
public sealed class NativeLayoutTests
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <stddef.h>
        #include <stdio.h>
        #include <signal.h>
        #include <time.h>
        #include <poll.h>
        #include <sys/epoll.h>
        #include <sys/inotify.h>
        #include <sys/resource.h>
        #include <sys/signalfd.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/timerfd.h>
        #include <sys/uio.h>
        #include <sys/un.h>
        #include <sys/vfs.h>
        #include <net/if.h>
        #include <termios.h>
        #include <sys/ioctl.h>
        #include <netinet/in.h>
        #include <netinet/tcp.h>
        #include <linux/netlink.h>
        #include <linux/vm_sockets.h>
        #include <linux/sctp.h>
        #include <mqueue.h>
        """;

    private static readonly bool s_x64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    [SkippableFact]
    public void Structures_OfOurs_MatchTheCompilers()
    {
        Skip.IfNot(NativeLayouts.CanBeAsked, "no C compiler");
        var layouts = new NativeLayouts(Headers);
        AddAll(layouts);
        layouts.Compare();
    }

    private static void AddAll(NativeLayouts layouts)
    {
        Add<TimeSpecification>("struct timespec", ("tv_sec", nameof(TimeSpecification.Seconds)), ("tv_nsec", nameof(TimeSpecification.Nanoseconds)));
        Add<TimerSpecification>("struct itimerspec", ("it_interval", nameof(TimerSpecification.Interval)), ("it_value", nameof(TimerSpecification.Value)));
        if (s_x64)
        {
            Add<EpollEventPacked>("struct epoll_event", ("events", nameof(EpollEventPacked.Events)), ("data", nameof(EpollEventPacked.Data)));
        }
        else
        {
            Add<EpollEventAligned>("struct epoll_event", ("events", nameof(EpollEventAligned.Events)), ("data", nameof(EpollEventAligned.Data)));
        }

        Add<SignalDescriptorInfo>(
            "struct signalfd_siginfo",
            ("ssi_signo", nameof(SignalDescriptorInfo.Signo)),
            ("ssi_code", nameof(SignalDescriptorInfo.Code)),
            ("ssi_pid", nameof(SignalDescriptorInfo.Pid)),
            ("ssi_uid", nameof(SignalDescriptorInfo.Uid)),
            ("ssi_status", nameof(SignalDescriptorInfo.Status)),
            ("ssi_int", nameof(SignalDescriptorInfo.Int)));
        Add<InotifyEventHeader>(
            "struct inotify_event",
            ("wd", nameof(InotifyEventHeader.Watch)),
            ("mask", nameof(InotifyEventHeader.Mask)),
            ("cookie", nameof(InotifyEventHeader.Cookie)),
            ("len", nameof(InotifyEventHeader.NameLength)));
        Add<MountedStatusBuffer>("struct statfs", ("f_type", nameof(MountedStatusBuffer.Type)), ("f_flags", nameof(MountedStatusBuffer.Flags)));
        Add<InterfaceRequest>("struct ifreq", ("ifr_flags", nameof(InterfaceRequest.Flags)));
        Add<ChildInfo>(
            "siginfo_t",
            ("si_signo", nameof(ChildInfo.Signo)),
            ("si_code", nameof(ChildInfo.Code)),
            ("si_pid", nameof(ChildInfo.Pid)),
            ("si_uid", nameof(ChildInfo.Uid)),
            ("si_status", nameof(ChildInfo.Status)));
        Add<QueuedSignalInfo>(
            "siginfo_t",
            ("si_code", nameof(QueuedSignalInfo.Code)),
            ("si_pid", nameof(QueuedSignalInfo.Pid)),
            ("si_uid", nameof(QueuedSignalInfo.Uid)),
            ("si_value", nameof(QueuedSignalInfo.Value)));
        Add<ResourceLimit>("struct rlimit64", ("rlim_cur", nameof(ResourceLimit.Soft)), ("rlim_max", nameof(ResourceLimit.Hard)));
        Add<StatxBuffer>(
            "struct statx",
            ("stx_uid", nameof(StatxBuffer.Uid)),
            ("stx_gid", nameof(StatxBuffer.Gid)),
            ("stx_mode", nameof(StatxBuffer.Mode)),
            ("stx_ino", nameof(StatxBuffer.Inode)),
            ("stx_size", nameof(StatxBuffer.Size)),
            ("stx_nlink", nameof(StatxBuffer.Links)),
            ("stx_ctime.tv_sec", nameof(StatxBuffer.ChangeSeconds)),
            ("stx_ctime.tv_nsec", nameof(StatxBuffer.ChangeNanoseconds)),
            ("stx_mtime.tv_sec", nameof(StatxBuffer.ModifySeconds)),
            ("stx_mtime.tv_nsec", nameof(StatxBuffer.ModifyNanoseconds)),
            ("stx_rdev_major", nameof(StatxBuffer.RawDeviceMajor)),
            ("stx_rdev_minor", nameof(StatxBuffer.RawDeviceMinor)),
            ("stx_dev_major", nameof(StatxBuffer.DeviceMajor)),
            ("stx_dev_minor", nameof(StatxBuffer.DeviceMinor)));
        Add<UnixAddress>("struct sockaddr_un", ("sun_family", nameof(UnixAddress.Family)), ("sun_path", nameof(UnixAddress.Path)));
        Add<InternetAddress>(
            "struct sockaddr_in",
            ("sin_family", nameof(InternetAddress.Family)),
            ("sin_port", nameof(InternetAddress.Port)),
            ("sin_addr", nameof(InternetAddress.Address)));
        Add<Internet6Address>(
            "struct sockaddr_in6",
            ("sin6_family", nameof(Internet6Address.Family)),
            ("sin6_port", nameof(Internet6Address.Port)),
            ("sin6_addr", nameof(Internet6Address.Address)),
            ("sin6_scope_id", nameof(Internet6Address.ScopeId)));
        Add<VsockAddress>(
            "struct sockaddr_vm",
            ("svm_family", nameof(VsockAddress.Family)),
            ("svm_port", nameof(VsockAddress.Port)),
            ("svm_cid", nameof(VsockAddress.Cid)));
        Add<NetlinkAddress>(
            "struct sockaddr_nl",
            ("nl_family", nameof(NetlinkAddress.Family)),
            ("nl_pid", nameof(NetlinkAddress.Port)),
            ("nl_groups", nameof(NetlinkAddress.Groups)));
        Add<MessageQueueAttributes>(
            "struct mq_attr",
            ("mq_flags", nameof(MessageQueueAttributes.Flags)),
            ("mq_maxmsg", nameof(MessageQueueAttributes.MaximumMessages)),
            ("mq_msgsize", nameof(MessageQueueAttributes.MessageSize)),
            ("mq_curmsgs", nameof(MessageQueueAttributes.CurrentMessages)));
        Add<IoVector>("struct iovec", ("iov_base", nameof(IoVector.Base)), ("iov_len", nameof(IoVector.Length)));
        Add<MessageHeader>(
            "struct msghdr",
            ("msg_name", nameof(MessageHeader.Address)),
            ("msg_namelen", nameof(MessageHeader.AddressLength)),
            ("msg_iov", nameof(MessageHeader.Vectors)),
            ("msg_iovlen", nameof(MessageHeader.VectorCount)),
            ("msg_control", nameof(MessageHeader.Control)),
            ("msg_controllen", nameof(MessageHeader.ControlLength)),
            ("msg_flags", nameof(MessageHeader.Flags)));
        Add<ControlHeader>(
            "struct cmsghdr",
            ("cmsg_len", nameof(ControlHeader.Length)),
            ("cmsg_level", nameof(ControlHeader.Level)),
            ("cmsg_type", nameof(ControlHeader.Type)));
        Add<PeerCredentials>("struct ucred", ("pid", nameof(PeerCredentials.Pid)), ("uid", nameof(PeerCredentials.Uid)), ("gid", nameof(PeerCredentials.Gid)));
        Add<PollDescriptor>("struct pollfd", ("fd", nameof(PollDescriptor.Fd)), ("events", nameof(PollDescriptor.Events)), ("revents", nameof(PollDescriptor.Returned)));
        Add<TerminalAttributes>(
            "struct termios",
            ("c_iflag", nameof(TerminalAttributes.Input)),
            ("c_oflag", nameof(TerminalAttributes.Output)),
            ("c_cflag", nameof(TerminalAttributes.Control)),
            ("c_lflag", nameof(TerminalAttributes.Local)),
            ("c_line", nameof(TerminalAttributes.Line)),
            ("c_cc", nameof(TerminalAttributes.Characters)),
            ("c_ispeed", nameof(TerminalAttributes.InputSpeed)),
            ("c_ospeed", nameof(TerminalAttributes.OutputSpeed)));
        Add<WindowSize>("struct winsize", ("ws_row", nameof(WindowSize.Rows)), ("ws_col", nameof(WindowSize.Columns)));

        foreach (var option in SocketOption.All)
        {
            layouts.Add(option.Name, option.Number);
        }

        void Add<T>(string type, params (string Native, string Ours)[] fields)
            where T : unmanaged => layouts.Add<T>(type, fields);
    }
}
