namespace Trasgo.Linux;

/// <summary>POSIX message queues (mq_overview(7)): on Linux, descriptors like any other.</summary>
internal static unsafe class MessageQueue
{
    private const int Create = 0x40;
    private const int NonBlockCloseOnExec = 0x80800;

    /// <summary>Opens the queue for reading, and makes it if it is not there. The limits of a new one are the system's unless both are given.</summary>
    public static Result<Descriptor> Open(string name, uint mode, long maximumMessages, long messageSize)
    {
        var attributes = new MessageQueueAttributes { Flags = 0x800, MaximumMessages = maximumMessages, MessageSize = messageSize };
        var old = Libc.umask(~mode & 0x1FF);
        _ = Libc.umask((~mode | old) & 0x1FF);
        var opened = LastError.Owned(Libc.mq_open(
            name, Create | NonBlockCloseOnExec, mode, maximumMessages > 0 && messageSize > 0 ? &attributes : null));
        _ = Libc.umask(old);
        return opened;
    }

    public static Errno Remove(string name) => LastError.Of(Libc.mq_unlink(name));
}
