namespace Trasgo.Linux;

/// <summary>Waiting for one descriptor, for programs that have nothing else to do meanwhile; the manager has its loop.</summary>
internal static unsafe class Polling
{
    private const short Writable = 4;

    public static void UntilWritable(Descriptor fd)
    {
        var poll = new PollDescriptor { Fd = fd.Raw, Events = Writable };
        _ = Libc.poll(&poll, 1, -1);
    }
}
