using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

public sealed partial class ServiceNotifier
{
    /// <summary>
    /// Gives descriptors to the manager to keep over a restart of the service: <c>FDSTORE=1</c>. The next instance finds them among its
    /// <see cref="ListenDescriptors"/>. The unit must have <c>FileDescriptorStoreMax=</c>.
    /// </summary>
    /// <param name="descriptors">1 to 253. They stay the caller's: the manager has copies.</param>
    /// <param name="name">The name they come back with (<c>FDNAME=</c>): 1 to 255 printable characters of ASCII without a colon. Null for "stored".</param>
    /// <param name="dropOnHangUp">The manager drops a descriptor that reports an error or the end of its peer; false is <c>FDPOLL=0</c>.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool StoreDescriptors(IReadOnlyList<SafeHandle> descriptors, string? name = null, bool dropOnHangUp = true)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        ArgumentOutOfRangeException.ThrowIfZero(descriptors.Count);
        return Notify(
            "FDSTORE=1" + (name is null ? "" : "\nFDNAME=" + ListenDescriptors.CheckedName(name, nameof(name))) + (dropOnHangUp ? "" : "\nFDPOLL=0"),
            descriptors);
    }

    /// <summary>Has the manager close what it keeps under a name: <c>FDSTOREREMOVE=1</c>.</summary>
    /// <param name="name">The name they were stored with.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool RemoveStoredDescriptors(string name) =>
        Notify("FDSTOREREMOVE=1\nFDNAME=" + ListenDescriptors.CheckedName(name, nameof(name)));

    /// <summary>
    /// Waits until the manager has handled all that was sent before: <c>BARRIER=1</c>, sd_notify_barrier(3). A process that notifies and
    /// ends at once calls it, since the manager cannot tell whose message it is once the sender is gone.
    /// </summary>
    /// <param name="timeout">The longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for any.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent, or the manager did not answer in time (ETIMEDOUT).</exception>
    public bool Barrier(TimeSpan timeout)
    {
        if (!IsAvailable)
        {
            return false;
        }

        var (read, write) = DescriptorCalls.Pipe();
        using (read)
        {
            using (write)
            {
                Notify("BARRIER=1", [write]);
            }

            // The manager closes the only writing end that is left when it comes to this message.
            Span<PollDescriptor> end = [new() { Fd = (int)read.DangerousGetHandle() }];
            return DescriptorCalls.Poll(end, timeout) > 0 ? true : throw new DaemonException("the service manager did not handle the messages in time", Errno.ETIMEDOUT);
        }
    }
}
