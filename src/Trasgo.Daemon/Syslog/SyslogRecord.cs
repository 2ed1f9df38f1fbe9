namespace Trasgo.Daemon;

/// <summary>
/// Puts one record together, in a buffer that is used again for the next. The first bytes are left free for the length that octet counting
/// puts in front (RFC 6587, section 3.4.1).
/// </summary>
internal sealed class SyslogRecord(SyslogClientOptions options)
{
    /// <summary>The longest number there is, and the blank behind it.</summary>
    private const int Headroom = 11;

    private static readonly int s_processId = Environment.ProcessId;

    private readonly ByteBuffer _bytes = new(1024);
    private readonly SyslogFormat _format = options.EffectiveFormat;
    private readonly int _longest = options.MaxMessageBytes;
    private readonly ByteBuffer _line = new(256);
    private int _text;

    /// <summary>The record itself, without frame.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Written[Headroom..];

    public void Begin(SyslogFacility facility, SyslogLevel level, DateTimeOffset? timestamp, string? messageId, SyslogStructuredData? data)
    {
        _bytes.Length = Headroom;
        _bytes.Append((byte)'<');
        _bytes.AppendNumber(SyslogPriority.Of(facility, level));
        _bytes.Append((byte)'>');
        if (_format == SyslogFormat.Rfc5424)
        {
            BeginNew(timestamp, messageId, data);
        }
        else
        {
            BeginOld(timestamp);
        }

        _text = _bytes.Length;
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        if (_format == SyslogFormat.Rfc5424 && options.ByteOrderMark)
        {
            _bytes.Append("\uFEFF"u8);
            _text = _bytes.Length;
        }

        SyslogText.Append(_bytes, utf8, Headroom + Math.Max(_longest, _text - Headroom + 3), options.LineBreaks == SyslogLineBreaks.Keep);
    }

    /// <summary>Makes a record that the kernel found too long half as long; false if nothing is left to cut.</summary>
    public bool Shorten()
    {
        int longest = _text + ((_bytes.Length - _text) / 2);
        if (longest - _text < 16)
        {
            return false;
        }

        SyslogText.Cut(_bytes, _text, longest);
        return true;
    }

    /// <summary>The record with its length in front.</summary>
    public ReadOnlySpan<byte> Counted()
    {
        int length = _bytes.Length - Headroom, start = Headroom - 1;
        var writable = _bytes.Writable;
        writable[start] = (byte)' ';
        for (; length > 0; length /= 10)
        {
            writable[--start] = (byte)('0' + (length % 10));
        }

        return writable[start..];
    }

    /// <summary>The record with a NUL behind it, as the C library ends it on a stream.</summary>
    public ReadOnlySpan<byte> Terminated()
    {
        _bytes.Append(0);
        var terminated = _bytes.Written[Headroom..];
        _bytes.Length--;
        return terminated;
    }

    /// <summary>What is shown to people on standard error and on the console: name and text.</summary>
    public ReadOnlySpan<byte> ForPeople(ReadOnlySpan<byte> end)
    {
        _line.Length = 0;
        AppendTag(_line);
        _line.Append(_bytes.Written[_text..]);
        _line.Append(end);
        return _line.Written;
    }

    private void BeginOld(DateTimeOffset? timestamp)
    {
        long seconds = (timestamp ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds();
        LocalTime.Append(_bytes, seconds);
        _bytes.Append((byte)' ');
        if (_format == SyslogFormat.Rfc3164)
        {
            // RFC 3164, section 4.1.2: the name alone, without the domain.
            string host = options.HostName;
            int dot = host.IndexOf('.', StringComparison.Ordinal);
            _bytes.AppendText(dot > 0 && !char.IsAsciiDigit(host[0]) ? host.AsSpan(0, dot) : host);
            _bytes.Append((byte)' ');
        }

        AppendTag(_bytes);
    }

    private void AppendTag(ByteBuffer bytes)
    {
        bytes.AppendText(options.Identity);
        if (options.Options.Has(OpenLogOptions.ProcessId))
        {
            bytes.Append((byte)'[');
            bytes.AppendNumber(s_processId);
            bytes.Append((byte)']');
        }

        bytes.Append(": "u8);
    }

    private void BeginNew(DateTimeOffset? timestamp, string? messageId, SyslogStructuredData? data)
    {
        _bytes.Append("1 "u8);
        AppendTimestamp(timestamp);
        _bytes.Append((byte)' ');
        _bytes.AppendText(options.HostName);
        _bytes.Append((byte)' ');
        _bytes.AppendText(options.Identity);
        _bytes.Append((byte)' ');
        if (options.Options.Has(OpenLogOptions.ProcessId))
        {
            _bytes.AppendNumber(s_processId);
        }
        else
        {
            _bytes.Append((byte)'-');
        }

        _bytes.Append((byte)' ');
        _bytes.AppendText(messageId ?? "-");
        _bytes.Append((byte)' ');
        if (data is { IsEmpty: false })
        {
            _bytes.Append(data.Encoded);
        }
        else
        {
            _bytes.Append((byte)'-');
        }

        _bytes.Append((byte)' ');
    }

    /// <summary>TIMESTAMP of RFC 5424, section 6.2.3, with six digits of the second, the most that it allows.</summary>
    private void AppendTimestamp(DateTimeOffset? timestamp)
    {
        var time = timestamp ?? DateTimeOffset.UtcNow;
        time.TryFormat(_bytes.Reserve(40), out int written, time.Offset == TimeSpan.Zero ? "yyyy-MM-ddTHH:mm:ss.ffffffZ" : "yyyy-MM-ddTHH:mm:ss.ffffffzzz",
            System.Globalization.CultureInfo.InvariantCulture);
        _bytes.Length += written;
    }
}
