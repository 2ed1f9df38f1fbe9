using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>Streams of lines to the journal: how a program knows that its output is one, and how it makes one.</summary>
public static class JournalStream
{
    /// <summary>The socket that takes streams.</summary>
    public const string DefaultSocketPath = "/run/systemd/journal/stdout";

    private const string Variable = "JOURNAL_STREAM";

    /// <summary>
    /// Whether standard error goes to the journal: the device and inode in <c>$JOURNAL_STREAM</c> are those of descriptor 2 (systemd.exec(5)). If so, the program
    /// may use the native protocol (<see cref="JournalClient"/>), or put a level in front of its lines (<see cref="PriorityLog"/>).
    /// </summary>
    public static bool IsStandardError => IsConnected(2);

    /// <summary>Whether standard output goes to the journal, in the same way.</summary>
    public static bool IsStandardOutput => IsConnected(1);

    /// <summary>
    /// sd_journal_stream_fd(3): opens a stream. Each line that is written to it becomes an entry; a level as in <see cref="PriorityLog"/> may stand in front.
    /// </summary>
    /// <param name="identifier">SYSLOG_IDENTIFIER= of the entries, see <see cref="SyslogClientOptions.Identity"/>.</param>
    /// <param name="level">The level of lines that have none of their own.</param>
    /// <param name="levelPrefix">Whether the journal looks for <c>&lt;N&gt;</c> in front of lines.</param>
    /// <param name="socketPath">The absolute path of the socket, at most 107 bytes.</param>
    /// <returns>The connected socket. The caller closes it.</returns>
    /// <exception cref="ArgumentException"><paramref name="identifier"/> or <paramref name="socketPath"/> is not valid.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not a level.</exception>
    /// <exception cref="DaemonException">The journal is not there, or refuses.</exception>
    public static SafeFileHandle Open(string identifier, SyslogLevel level = SyslogLevel.Informational, bool levelPrefix = true, string socketPath = DefaultSocketPath)
    {
        SyslogName.Identity(identifier, nameof(identifier));
        UnixSocketAddress.CheckPath(socketPath, nameof(socketPath));
        int priority = SyslogPriority.Check(level);
        int error;
        using (var socket = LogSocket.Create(AF_UNIX, SOCK_STREAM, TimeSpan.FromSeconds(5), out error))
        {
            if (socket is not null && (error = socket.Connect(UnixSocketAddress.Of(socketPath))) == Errno.None)
            {
                // Name, unit, level, level prefix, and whether to forward to syslog, the kernel's log and the console: a line each.
                string header = string.Create(CultureInfo.InvariantCulture, $"{identifier}\n\n{priority}\n{(levelPrefix ? 1 : 0)}\n0\n0\n0\n");
                if ((error = socket.Send(Encoding.UTF8.GetBytes(header), wait: true, out _)) == Errno.None)
                {
                    return socket.Release();
                }
            }
        }

        throw new DaemonException($"cannot connect to the journal at {socketPath}", error);
    }

    /// <summary>Whether a descriptor is the stream that <c>$JOURNAL_STREAM</c> names.</summary>
    /// <param name="descriptor">The descriptor; one that is not open is none.</param>
    /// <returns>True if it is.</returns>
    public static bool IsConnected(int descriptor) => IsNamed(Environment.GetEnvironmentVariable(Variable), descriptor);

    internal static bool IsNamed(string? variable, int descriptor)
    {
        if (variable is null || descriptor < 0)
        {
            return false;
        }

        int colon = variable.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && ulong.TryParse(variable.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out ulong device)
            && ulong.TryParse(variable.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
            && FileStatus.TryGet(descriptor, out var status)
            && (status.Device, status.Inode) == (device, inode);
    }
}
