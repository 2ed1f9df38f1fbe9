using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

/// <summary>
/// Sends entries to the journal in its native protocol, as sd_journal_send(3) does. All members may be used by any number of threads at once.
/// </summary>
/// <remarks>
/// The socket has no peer, so a journal that was restarted is found again without anything being done. An entry that is too large for a datagram
/// is handed over in a sealed memory file.
/// </remarks>
public sealed class JournalClient : IDisposable
{
    /// <summary>The socket of the journal.</summary>
    public const string DefaultSocketPath = "/run/systemd/journal/socket";

    private static readonly TimeSpan s_sendTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly JournalEntry _entry = new();
    private readonly JournalSocket _socket;
    private readonly string _identifier;
    private long _lost;

    /// <summary>A client. Nothing is opened that could fail: a journal that is not there is found when it comes.</summary>
    /// <param name="identifier">
    /// SYSLOG_IDENTIFIER= of the entries that <see cref="Send(SyslogLevel, string, ReadOnlySpan{ValueTuple{string, string}})"/> makes; null
    /// means the file name of the program. As <see cref="SyslogClientOptions.Identity"/>.
    /// </param>
    /// <param name="socketPath">The absolute path of the socket, at most 107 bytes.</param>
    /// <exception cref="ArgumentException">A parameter is not valid.</exception>
    public JournalClient(string? identifier = null, string socketPath = DefaultSocketPath)
    {
        _identifier = identifier is null
            ? SyslogName.Mend(Path.GetFileName(Environment.ProcessPath), SyslogName.LongestIdentity, "-")
            : SyslogName.Identity(identifier, nameof(identifier));
        UnixSocketAddress.CheckPath(socketPath, nameof(socketPath));
        _socket = new(socketPath, s_sendTimeout);
    }

    /// <summary>Whether the journal's socket is there.</summary>
    public static bool IsAvailable => File.Exists(DefaultSocketPath);

    /// <summary>How many entries could not be sent since the client was made.</summary>
    public long LostEntries => Interlocked.Read(ref _lost);

    /// <summary>Sends an entry.</summary>
    /// <param name="entry">The entry; it may be cleared and used again afterwards.</param>
    /// <returns>
    /// False if the journal is not there, or has not read for 5 seconds; the entry is then lost and counted. Logging is no reason for a
    /// daemon to fail.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="entry"/> has no field.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public bool Send(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Count == 0)
        {
            throw new ArgumentException("an entry needs a field", nameof(entry));
        }

        int error = Marshal.GetLastPInvokeError();
        bool sent = _socket.Send(entry.Bytes) == Errno.None;
        if (!sent)
        {
            Interlocked.Increment(ref _lost);
        }

        Marshal.SetLastPInvokeError(error);
        return sent;
    }

    /// <summary>Sends a message with PRIORITY=, SYSLOG_IDENTIFIER=, MESSAGE= and the fields that are given.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="message">The text; it may have several lines.</param>
    /// <param name="fields">Names and values, see <see cref="JournalEntry.IsValidName"/>.</param>
    /// <returns>As <see cref="Send(JournalEntry)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not a level.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> or a value is null.</exception>
    /// <exception cref="ArgumentException">The name of a field is not valid; nothing is sent.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public bool Send(SyslogLevel level, string message, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_lock)
        {
            _entry.Clear();
            _entry.Add("PRIORITY", SyslogPriority.Check(level));
            _entry.Add("SYSLOG_IDENTIFIER", _identifier);
            _entry.Add("MESSAGE", message);
            foreach (var (name, value) in fields)
            {
                _entry.Add(name, value);
            }

            return Send(_entry);
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();
}
