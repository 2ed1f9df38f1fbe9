using System.Collections;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon;

/// <summary>
/// The descriptors that the service manager opened for this process: the sockets of a <c>.socket</c> unit, the files of <c>OpenFile=</c>, what was
/// stored with <see cref="ServiceNotifier.StoreDescriptors"/>. The protocol is that of sd_listen_fds(3): <c>$LISTEN_PID</c>, <c>$LISTEN_FDS</c> and
/// <c>$LISTEN_FDNAMES</c>, the descriptors from 3 on.
/// </summary>
/// <remarks>Disposing closes those that nobody has taken over with <see cref="ListenDescriptor.ToSocket"/> or <see cref="ListenDescriptor.ToHandle"/>.</remarks>
public sealed class ListenDescriptors : IReadOnlyList<ListenDescriptor>, IDisposable
{
    /// <summary>The number of the first descriptor: SD_LISTEN_FDS_START.</summary>
    public const int First = 3;

    private const string ProcessVariable = "LISTEN_PID";
    private const string CountVariable = "LISTEN_FDS";
    private const string NamesVariable = "LISTEN_FDNAMES";
    private const string UnknownName = "unknown";
    private const int LongestName = 255;

    private readonly ListenDescriptor[] _descriptors;

    private ListenDescriptors(ListenDescriptor[] descriptors)
    {
        _descriptors = descriptors;
    }

    /// <summary>How many there are; 0 for a process that was not activated.</summary>
    public int Count => _descriptors.Length;

    /// <summary>The descriptor with the number 3 + <paramref name="index"/>.</summary>
    /// <param name="index">From 0.</param>
    public ListenDescriptor this[int index] => _descriptors[index];

    /// <summary>
    /// Takes what was passed to this process. The variables are removed from its environment, so that a second call finds nothing and no
    /// other process takes them for its own; each descriptor is closed by execve(2) from now on.
    /// </summary>
    /// <returns>The descriptors in their order; none if the variables are missing or speak of another process.</returns>
    /// <exception cref="DaemonException">A variable holds no number, the names do not match the count, or a descriptor was not passed.</exception>
    public static ListenDescriptors Take()
    {
        string? process = Environment.GetEnvironmentVariable(ProcessVariable);
        string? count = Environment.GetEnvironmentVariable(CountVariable);
        string? names = Environment.GetEnvironmentVariable(NamesVariable);
        foreach (string variable in (ReadOnlySpan<string>)[ProcessVariable, CountVariable, NamesVariable])
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        return string.IsNullOrEmpty(process) || string.IsNullOrEmpty(count) || Number(ProcessVariable, process, 1) != Environment.ProcessId
            ? new([])
            : new(Open(Number(CountVariable, count, 0), names));
    }

    /// <summary>Those with a name, in their order.</summary>
    /// <param name="name">The name of <c>FileDescriptorName=</c>, by default that of the socket unit.</param>
    /// <returns>The descriptors; none if none has the name.</returns>
    public IReadOnlyList<ListenDescriptor> Named(string name) => Array.FindAll(_descriptors, descriptor => descriptor.Name == name);

    /// <summary>Takes over all those that are listening stream sockets, or datagram sockets, as <see cref="Socket"/>s.</summary>
    /// <param name="type"><see cref="SocketType.Stream"/> or <see cref="SocketType.Seqpacket"/> for those that listen, <see cref="SocketType.Dgram"/>.</param>
    /// <returns>The sockets in their order, now the caller's to dispose.</returns>
    /// <exception cref="DaemonException">A socket cannot be taken over.</exception>
    public IReadOnlyList<Socket> TakeSockets(SocketType type) =>
    [
        .. _descriptors
            .Where(descriptor => !descriptor.IsTaken && descriptor.IsSocket(type: type, listening: type == SocketType.Dgram ? null : true))
            .Select(descriptor => descriptor.ToSocket()),
    ];

    /// <inheritdoc/>
    public IEnumerator<ListenDescriptor> GetEnumerator() => ((IEnumerable<ListenDescriptor>)_descriptors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Closes what nobody has taken over.</summary>
    public void Dispose()
    {
        foreach (var descriptor in _descriptors)
        {
            descriptor.Close();
        }
    }

    /// <summary>A name may hold what the manager allows: printable characters of ASCII, no colon, since colons separate the names.</summary>
    internal static string CheckedName(string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        return name.Length <= LongestName && name.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && !name.Contains(':')
            ? name
            : throw new ArgumentException($"A name of a descriptor has 1 to {LongestName} printable characters of ASCII and no colon.", parameter);
    }

    private static int Number(string variable, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new DaemonException($"{variable} is no number: {value}");

    private static ListenDescriptor[] Open(int count, string? names)
    {
        if (count > int.MaxValue - First)
        {
            throw new DaemonException($"{CountVariable} is too large: {count}");
        }

        string[]? list = string.IsNullOrEmpty(names) ? null : names.Split(':');
        if (list is not null && list.Length != count)
        {
            throw new DaemonException($"{NamesVariable} has {list.Length} names for {count} descriptors");
        }

        // All are looked at before one is owned: an error leaves them as they are.
        for (int i = 0; i < count; i++)
        {
            if (!DescriptorCalls.IsInherited(First + i))
            {
                throw new DaemonException($"{CountVariable} is {count}, but descriptor {First + i} was not passed");
            }
        }

        var descriptors = new ListenDescriptor[count];
        for (int i = 0; i < count; i++)
        {
            DescriptorCalls.SetCloseOnExec(First + i, on: true);
            descriptors[i] = new ListenDescriptor(list?[i] ?? UnknownName, new SafeFileHandle(First + i, ownsHandle: true));
        }

        return descriptors;
    }
}
