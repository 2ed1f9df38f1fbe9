namespace Trasgo.Daemon;

/// <summary>What openlog(3) is told, and what the network needs beyond it. The values that are not given are those of syslog(3).</summary>
public sealed class SyslogClientOptions
{
    private string? _identity;
    private string? _hostName;
    private SyslogFacility _facility = SyslogFacility.User;
    private SyslogEndpoint _endpoint = SyslogEndpoint.Local;
    private int? _maxMessageBytes;
    private TimeSpan _sendTimeout = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The name that stands in front of each message (ident of openlog(3), TAG of RFC 3164, APP-NAME of RFC 5424): 1 to 48 printable ASCII
    /// characters without blank, colon and brackets; a slash is allowed. Default: the file name of the program.
    /// </summary>
    /// <exception cref="ArgumentException">The name cannot stand in a header.</exception>
    public string Identity
    {
        get => _identity ??= SyslogName.Mend(Path.GetFileName(Environment.ProcessPath), SyslogName.LongestIdentity, "-");
        init => _identity = SyslogName.Identity(value, nameof(value));
    }

    /// <summary>
    /// The facility of messages that name none. Default: <see cref="SyslogFacility.User"/>. <see cref="SyslogFacility.Kernel"/> becomes
    /// <see cref="SyslogFacility.User"/>, as in the C library.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a facility.</exception>
    public SyslogFacility Facility
    {
        get => _facility;
        init => _facility = SyslogPriority.Check(value);
    }

    /// <summary>The options of openlog(3). Default: <see cref="OpenLogOptions.None"/>.</summary>
    public OpenLogOptions Options { get; init; }

    /// <summary>Where messages are sent. Default: <see cref="SyslogEndpoint.Local"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public SyslogEndpoint Endpoint
    {
        get => _endpoint;
        init => _endpoint = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The format; null, the default, means <see cref="SyslogFormat.Local"/> for a local socket and <see cref="SyslogFormat.Rfc5424"/> for the network.</summary>
    public SyslogFormat? Format { get; init; }

    /// <summary>What becomes of messages of several lines. Default: <see cref="SyslogLineBreaks.Split"/>.</summary>
    public SyslogLineBreaks LineBreaks { get; init; }

    /// <summary>
    /// The name of this host in the formats of the network: 1 to 255 printable ASCII characters (RFC 5424, section 6.2.4). Default: the
    /// name that gethostname(2) gives.
    /// </summary>
    /// <exception cref="ArgumentException">The name cannot stand in a header.</exception>
    public string HostName
    {
        get => _hostName ??= SyslogName.Mend(Environment.MachineName, SyslogName.LongestHost, "-");
        init => _hostName = SyslogName.Host(value, nameof(value));
    }

    /// <summary>
    /// The longest message with its header, in bytes, 480 to 65,000; what is longer is cut at a character and ends with <c>...</c>. Default:
    /// 8192 for a local socket and TCP, 2048 for UDP (RFC 5426, section 3.2), 1024 for <see cref="SyslogFormat.Rfc3164"/> (RFC 3164, section 4.1).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int MaxMessageBytes
    {
        get => _maxMessageBytes ?? (EffectiveFormat, Endpoint.Transport) switch
        {
            (SyslogFormat.Rfc3164, _) => 1024,
            (_, SyslogTransport.Udp) => 2048,
            _ => 8192,
        };
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 480);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 65_000);
            _maxMessageBytes = value;
        }
    }

    /// <summary>
    /// How long a message waits for a log daemon that does not read, and a connection by TCP for its collector: 1 ms to 1 h. When the time is over
    /// the message is lost and counted (<see cref="SyslogClient.LostMessages"/>), and the next ones do not wait until one gets through. Default: 1 s.
    /// syslog(3) waits for ever, so that a stopped log daemon stops every other.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public TimeSpan SendTimeout
    {
        get => _sendTimeout;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1));
            _sendTimeout = value;
        }
    }

    /// <summary>
    /// Whether text in <see cref="SyslogFormat.Rfc5424"/> starts with the byte order mark that section 6.4 asks for where text is known to be
    /// UTF-8. Default: false, since common log daemons store the mark as part of the text.
    /// </summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>Where <see cref="OpenLogOptions.Console"/> writes.</summary>
    internal string ConsolePath { get; init; } = "/dev/console";

    internal SyslogFormat EffectiveFormat =>
        Format ?? (Endpoint.Transport == SyslogTransport.Unix ? SyslogFormat.Local : SyslogFormat.Rfc5424);
}
