namespace Trasgo.Daemon;

/// <summary>One message with everything that RFC 5424 knows about it. What is not given is filled in by the client.</summary>
public readonly record struct SyslogMessage
{
    private readonly string? _messageId;

    /// <summary>A message.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="text">The text, as it is: <c>%m</c> means nothing here.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not a level.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public SyslogMessage(SyslogLevel level, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        SyslogPriority.Check(level);
        Level = level;
        Text = text;
    }

    /// <summary>How important the message is.</summary>
    public SyslogLevel Level { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The facility; null means the client's.</summary>
    public SyslogFacility? Facility { get; init; }

    /// <summary>When it happened; null means now. In microseconds for RFC 5424, in seconds of local time otherwise.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>MSGID of RFC 5424, section 6.2.7: the kind of message, 1 to 32 printable ASCII characters. Sent in that format only.</summary>
    /// <exception cref="ArgumentException">The name cannot stand in a header.</exception>
    public string? MessageId
    {
        get => _messageId;
        init => _messageId = value is null ? null : SyslogName.MessageId(value, nameof(value));
    }

    /// <summary>STRUCTURED-DATA of RFC 5424, section 6.3. Sent in that format only.</summary>
    public SyslogStructuredData? StructuredData { get; init; }
}
