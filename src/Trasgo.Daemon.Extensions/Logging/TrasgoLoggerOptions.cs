namespace Trasgo.Daemon.Extensions;

/// <summary>How <see cref="TrasgoLoggerProvider"/> writes. The options are read once, when the provider is made.</summary>
public sealed class TrasgoLoggerOptions
{
    /// <summary>Where messages go. Default: <see cref="TrasgoLogTarget.Automatic"/>.</summary>
    public TrasgoLogTarget Target { get; set; }

    /// <summary>The name of the program in the log, see <see cref="SyslogClientOptions.Identity"/>. Null, the default, means the program's file name.</summary>
    public string? Identity { get; set; }

    /// <summary>The facility of syslog(3), in the journal SYSLOG_FACILITY=. Default: <see cref="SyslogFacility.Daemon"/>.</summary>
    public SyslogFacility Facility { get; set; } = SyslogFacility.Daemon;

    /// <summary>Where the log daemon is, for <see cref="TrasgoLogTarget.Syslog"/>. Default: <c>/dev/log</c>.</summary>
    public SyslogEndpoint Endpoint { get; set; } = SyslogEndpoint.Local;

    /// <summary>The journal's socket. Default: <see cref="JournalClient.DefaultSocketPath"/>.</summary>
    public string JournalSocketPath { get; set; } = JournalClient.DefaultSocketPath;

    /// <summary>
    /// Whether the values of a message, <c>{UserName}</c>, become fields of the journal, <c>USER_NAME=</c>. A name that has a meaning in the journal
    /// already gets <c>X_</c> in front (systemd.journal-fields(7)). Default: true.
    /// </summary>
    public bool IncludeFields { get; set; } = true;

    /// <summary>Whether what <see cref="Microsoft.Extensions.Logging.ILogger.BeginScope"/> was told becomes fields of the journal too. Default: false.</summary>
    public bool IncludeScopes { get; set; }
}
