using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Trasgo.Daemon;

/// <summary>
/// syslog(3): sends messages to the log daemon of this host, or to a collector in the network. All members may be used by any number of threads at once;
/// a message is sent before the call returns.
/// </summary>
/// <remarks>
/// A log daemon that is not there, was restarted or does not read is no error for the program that logs: the connection is made again with the next
/// message, and what could not be sent is counted in <see cref="LostMessages"/>. After the first messages, logging allocates nothing.
/// </remarks>
public sealed class SyslogClient : IDisposable
{
    private const int StackBytes = 512;

    private readonly Lock _lock = new();
    private readonly SyslogClientOptions _options;
    private readonly SyslogConnection _connection;
    private readonly SyslogRecord _record;
    private volatile byte _mask = SyslogMask.All.Bits;
    private long _lost;
    private bool _disposed;

    /// <summary>A client with the given options.</summary>
    /// <param name="options">The options; null means the defaults. They are read again with each message, so keep them as they are.</param>
    public SyslogClient(SyslogClientOptions? options = null)
    {
        _options = options ?? new();
        _connection = new(_options.Endpoint, _options.SendTimeout);
        _record = new(_options);
        if (_options.Options.Has(OpenLogOptions.NoDelay))
        {
            int error = Marshal.GetLastPInvokeError();
            _connection.Open();
            Marshal.SetLastPInvokeError(error);
        }
    }

    /// <summary>How many messages could not be sent since the client was made. A message of three lines that were sent one by one counts up to three times.</summary>
    public long LostMessages => Interlocked.Read(ref _lost);

    /// <summary>openlog(3): a client for the log daemon of this host.</summary>
    /// <param name="identity">The name in front of each message; null means the file name of the program. See <see cref="SyslogClientOptions.Identity"/>.</param>
    /// <param name="options">The options of openlog(3).</param>
    /// <param name="facility">The facility of messages that name none.</param>
    /// <returns>The client. That there is no log daemon is not an error.</returns>
    /// <exception cref="ArgumentException"><paramref name="identity"/> cannot stand in a header.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="facility"/> is not a facility.</exception>
    public static SyslogClient Open(string? identity = null, OpenLogOptions options = OpenLogOptions.None, SyslogFacility facility = SyslogFacility.User) =>
        new(identity is null
            ? new() { Options = options, Facility = facility }
            : new() { Identity = identity, Options = options, Facility = facility });

    /// <summary>setlogmask(3): from now on only messages of these levels are sent.</summary>
    /// <param name="mask">The levels. Unlike in C, the empty set is one: nothing is sent.</param>
    /// <returns>The levels that were sent until now.</returns>
    public SyslogMask SetMask(SyslogMask mask)
    {
        lock (_lock)
        {
            byte before = _mask;
            _mask = mask.Bits;
            return new(before);
        }
    }

    /// <summary>Whether messages of a level are sent, as far as <see cref="SetMask"/> is concerned.</summary>
    /// <param name="level">The level in question.</param>
    /// <returns>True if they are.</returns>
    public bool IsEnabled(SyslogLevel level) => new SyslogMask(_mask).Contains(level);

    /// <summary>
    /// Sends a message. In the parts of it that stand in the source, outside of braces, <c>%m</c> becomes the text of the last error of the C
    /// library (<see cref="Marshal.GetLastPInvokeError"/>), and <c>%%m</c> becomes <c>%m</c>. Nothing is formatted if the level is not enabled.
    /// </summary>
    /// <param name="level">How important it is.</param>
    /// <param name="message">The message, an interpolated string.</param>
    /// <returns>False if the message, or one of its lines, was lost; true also if its level is not enabled.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not a level.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public bool Log(SyslogLevel level, [InterpolatedStringHandlerArgument("", nameof(level))] ref SyslogInterpolatedStringHandler message)
    {
        try
        {
            return Emit(level, message.Written);
        }
        finally
        {
            message.Release();
        }
    }

    /// <summary>
    /// Sends a message of the program's own, in which <c>%m</c> becomes the text of the last error of the C library
    /// (<see cref="Marshal.GetLastPInvokeError"/>), and <c>%%m</c> becomes <c>%m</c>. For text that came from elsewhere there is
    /// <see cref="Write(SyslogLevel, ReadOnlySpan{char})"/>.
    /// </summary>
    /// <param name="level">How important it is.</param>
    /// <param name="message">The message.</param>
    /// <returns>False if the message, or one of its lines, was lost; true also if its level is not enabled.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not a level.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public bool Log(SyslogLevel level, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Contains("%m", StringComparison.Ordinal))
        {
            var handler = new SyslogInterpolatedStringHandler(message.Length, 0, this, level, out bool enabled);
            if (enabled)
            {
                handler.AppendLiteral(message);
            }

            return Log(level, ref handler);
        }

        return Write(level, message);
    }

    /// <summary>Sends a message with everything that RFC 5424 knows about it.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False if the message, or one of its lines, was lost; true also if its level is not enabled.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The message was not made by its constructor, or names a facility that is none.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public bool Log(in SyslogMessage message)
    {
        if (message.Text is null)
        {
            throw new ArgumentOutOfRangeException(nameof(message), "a message without text");
        }

        var facility = message.Facility is { } own ? SyslogPriority.Check(own) : _options.Facility;
        return EmitText(message.Level, facility, message.Text, message);
    }

    /// <summary>Sends text as it is: <c>%m</c> means nothing here.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="text">The text. Half a surrogate pair becomes U+FFFD; control characters other than TAB are written as <c>#ooo</c>, in octal.</param>
    /// <returns>False if the message, or one of its lines, was lost; true also if its level is not enabled.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not a level.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public bool Write(SyslogLevel level, ReadOnlySpan<char> text) => EmitText(level, _options.Facility, text, default);

    /// <summary>Sends text with a facility of its own, as it is.</summary>
    /// <param name="facility">The facility.</param>
    /// <param name="level">How important it is.</param>
    /// <param name="text">The text.</param>
    /// <returns>False if the message, or one of its lines, was lost; true also if its level is not enabled.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> or <paramref name="facility"/> is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public bool Write(SyslogFacility facility, SyslogLevel level, ReadOnlySpan<char> text) => EmitText(level, SyslogPriority.Check(facility), text, default);

    /// <summary>Sends text that is UTF-8 already, as it is; what is not valid becomes U+FFFD.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="utf8Text">The text.</param>
    /// <returns>False if the message, or one of its lines, was lost; true also if its level is not enabled.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not a level.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public bool Write(SyslogLevel level, ReadOnlySpan<byte> utf8Text) => Emit(level, Utf8.IsValid(utf8Text) ? utf8Text : SyslogText.Mend(utf8Text));

    /// <summary>closelog(3). Unlike there, the client cannot be used afterwards.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _connection.Dispose();
        }
    }

    private bool Emit(SyslogLevel level, ReadOnlySpan<byte> utf8) => Emit(level, _options.Facility, utf8, default);

    private bool EmitText(SyslogLevel level, SyslogFacility facility, ReadOnlySpan<char> text, in SyslogMessage message)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> utf8 = rented ?? stackalloc byte[StackBytes];
        try
        {
            return Emit(level, facility, utf8[..Encoding.UTF8.GetBytes(text, utf8)], message);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private bool Emit(SyslogLevel level, SyslogFacility facility, ReadOnlySpan<byte> utf8, in SyslogMessage message)
    {
        SyslogPriority.Check(level);
        if (!IsEnabled(level))
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        bool sent;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            utf8 = utf8.TrimEnd("\r\n"u8);
            sent = _options.LineBreaks != SyslogLineBreaks.Split || utf8.IndexOfAny((byte)'\n', (byte)'\r') < 0
                ? EmitRecord(level, facility, utf8, message)
                : EmitLines(level, facility, utf8, message);
        }

        Marshal.SetLastPInvokeError(error);
        return sent;
    }

    private bool EmitLines(SyslogLevel level, SyslogFacility facility, ReadOnlySpan<byte> utf8, in SyslogMessage message)
    {
        bool sent = true;
        while (!utf8.IsEmpty)
        {
            int end = utf8.IndexOfAny((byte)'\n', (byte)'\r');
            var line = end < 0 ? utf8 : utf8[..end];
            if (!line.IsEmpty)
            {
                sent &= EmitRecord(level, facility, line, message);
            }

            utf8 = end < 0 ? [] : utf8[(end + 1)..];
        }

        return sent;
    }

    private bool EmitRecord(SyslogLevel level, SyslogFacility facility, ReadOnlySpan<byte> line, in SyslogMessage message)
    {
        _record.Begin(facility, level, message.Timestamp, message.MessageId, message.StructuredData);
        _record.Append(line);
        if (_options.Options.Has(OpenLogOptions.StandardError))
        {
            LogFile.WriteStandardError(_record.ForPeople("\n"u8));
        }

        if (_connection.Send(_record))
        {
            return true;
        }

        Interlocked.Increment(ref _lost);
        if (_options.Options.Has(OpenLogOptions.Console))
        {
            LogFile.WriteConsole(_options.ConsolePath, _record.ForPeople("\r\n"u8));
        }

        return false;
    }
}
