using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Socket] section: systemd.socket(5), in the order of the properties.</summary>
internal static partial class SocketDirectives
{
    public const string Section = "Socket";

    private static readonly Rows<SocketConfig> s_rows = new(Section);

    private static readonly Rows<SocketConfig> s_own = new(UnitSections.Own);

    private static readonly NameTable<IpTos> s_tosNames = new("low-cost", "reliability", "throughput", "low-delay");

    private static readonly int[] s_tosValues = [2, 4, 8, 16];

    private static DirectiveTable<SocketConfig>? s_table;

    /// <summary>The names for the type of service of ip(7), in the order of their bits.</summary>
    private enum IpTos
    {
        LowCost,
        Reliability,
        Throughput,
        LowDelay,
    }

    public static DirectiveTable<SocketConfig> Table => s_table ??= new(
    [
        .. BindRows(),
        .. ConnectionRows(),
        .. OptionRows(),
        .. ListenRows(),
        .. LimitRows(),
        s_own.Of("TriggerLimitPauseSec", Value.Duration, static c => ref c.TriggerLimitPause, ""),
        .. ExecCommandRows.For(s_rows, "ExecStartPre", static c => ref c.ExecStartPre, ex: false),
        .. ExecCommandRows.For(s_rows, "ExecStartPost", static c => ref c.ExecStartPost, ex: false),
        .. ExecCommandRows.For(s_rows, "ExecStopPre", static c => ref c.ExecStopPre, ex: false),
        .. ExecCommandRows.For(s_rows, "ExecStopPost", static c => ref c.ExecStopPost, ex: false),
        .. ResourceDirectives.For(Section, static (SocketConfig c) => c.Resources),
        .. ExecDirectives.For(Section, static (SocketConfig c) => c.Exec),
        .. KillDirectives.For(Section, static (SocketConfig c) => c.Kill),
    ]);

    private static Directive<SocketConfig>[] BindRows() =>
    [
        s_rows.Of("BindIPv6Only", Value.Enum(SocketWords.BindIPv6Only, booleans: true, BindIPv6Only.Ipv6Only, BindIPv6Only.Both),
            static c => ref c.BindIPv6Only),
        s_rows.Of("Backlog", Value.Unsigned, static c => ref c.Backlog),
        s_rows.Of("TimeoutSec", Value.Timeout, static c => ref c.Timeout, "TimeoutUSec"),
        s_rows.Of("BindToDevice", Value.InterfaceName, static c => ref c.BindToDevice),
        s_rows.Of("SocketUser", Value.UserName, static c => ref c.SocketUser),
        s_rows.Of("SocketGroup", Value.UserName, static c => ref c.SocketGroup),
        s_rows.Of("SocketMode", Value.Mode, static c => ref c.SocketMode),
        s_rows.Of("DirectoryMode", Value.Mode, static c => ref c.DirectoryMode),
        s_rows.Of("Accept", Value.Boolean, static c => ref c.Accept),
        s_rows.Of("FlushPending", Value.Boolean, static c => ref c.FlushPending),
        s_rows.Of("Writable", Value.Boolean, static c => ref c.Writable),
    ];

    private static Directive<SocketConfig>[] ConnectionRows() =>
    [
        s_rows.Of("KeepAlive", Value.Boolean, static c => ref c.KeepAlive),
        s_rows.Of("KeepAliveTimeSec", Value.Duration, static c => ref c.KeepAliveTime, "KeepAliveTimeUSec"),
        s_rows.Of("KeepAliveIntervalSec", Value.Duration, static c => ref c.KeepAliveInterval, "KeepAliveIntervalUSec"),
        s_rows.Of("KeepAliveProbes", Value.Unsigned, static c => ref c.KeepAliveProbes),
        s_rows.Of("DeferAcceptSec", Value.Duration, static c => ref c.DeferAccept, "DeferAcceptUSec"),
        s_rows.Of("NoDelay", Value.Boolean, static c => ref c.NoDelay),
        s_rows.Of("Priority", Value.Integer, static c => ref c.Priority),
        s_rows.Of("ReceiveBuffer", Value.Size, static c => ref c.ReceiveBuffer),
        s_rows.Of("SendBuffer", Value.Size, static c => ref c.SendBuffer),
        s_rows.Of("IPTOS", s_tos, static c => ref c.IpTos),
        s_rows.Of("IPTTL", Value.Integer, static c => ref c.IpTtl),
        s_rows.Of("PipeSize", Value.Size, static c => ref c.PipeSize),
    ];

    private static Directive<SocketConfig>[] OptionRows() =>
    [
        s_rows.Of("FreeBind", Value.Boolean, static c => ref c.FreeBind),
        s_rows.Of("Transparent", Value.Boolean, static c => ref c.Transparent),
        s_rows.Of("Broadcast", Value.Boolean, static c => ref c.Broadcast),
        s_rows.Of("PassCredentials", Value.Boolean, static c => ref c.PassCredentials),
        s_rows.Of("PassSecurity", Value.Boolean, static c => ref c.PassSecurity),
        s_rows.Of("PassPacketInfo", Value.Boolean, static c => ref c.PassPacketInfo),
        s_rows.Of("Timestamping", s_timestamping, static c => ref c.Timestamping),
        s_rows.Of("RemoveOnStop", Value.Boolean, static c => ref c.RemoveOnStop),
    ];

    private static Directive<SocketConfig>[] LimitRows() =>
    [
        s_rows.Of("Symlinks", Value.PathList, static c => ref c.Symlinks),
        s_rows.Of("Mark", Value.Integer, static c => ref c.Mark),
        s_rows.Of("MaxConnections", Value.Unsigned, static c => ref c.MaxConnections),
        s_rows.Of("MaxConnectionsPerSource", Value.Unsigned, static c => ref c.MaxConnectionsPerSource),
        s_rows.Of("MessageQueueMaxMessages", Value.Long, static c => ref c.MessageQueueMaxMessages),
        s_rows.Of("MessageQueueMessageSize", Value.Long, static c => ref c.MessageQueueMessageSize),
        s_rows.Of("TCPCongestion", Value.PlainString, static c => ref c.TcpCongestion),
        s_rows.Of("ReusePort", Value.Boolean, static c => ref c.ReusePort),
        s_rows.Of("SmackLabel", Value.String, static c => ref c.SmackLabel, enforcement: Enforcement.SecurityModules),
        s_rows.Of("SmackLabelIPIn", Value.String, static c => ref c.SmackLabelIpIn, enforcement: Enforcement.SecurityModules),
        s_rows.Of("SmackLabelIPOut", Value.String, static c => ref c.SmackLabelIpOut, enforcement: Enforcement.SecurityModules),
        s_rows.Of("SELinuxContextFromNet", Value.Boolean, static c => ref c.SelinuxContextFromNet, "", Enforcement.SecurityModules),
        s_rows.Setter("SELinuxContextFromNet", "b", static (reader, section, settings) =>
        {
            settings.Add(new Setting(section, "SELinuxContextFromNet", Booleans.Format(reader.Boolean())));
            return true;
        }),
        s_rows.Of("FileDescriptorName", Value.DescriptorName, static c => ref c.FileDescriptorName, flags: BusFlags.Transient),
        s_rows.Of("SocketProtocol", s_protocol, static c => ref c.SocketProtocol),
        s_rows.Of("TriggerLimitIntervalSec", Value.Duration, static c => ref c.TriggerLimitInterval, "TriggerLimitIntervalUSec"),
        s_rows.Of("TriggerLimitBurst", Value.Unsigned, static c => ref c.TriggerLimitBurst),
        s_rows.Of("PollLimitIntervalSec", Value.Duration, static c => ref c.PollLimitInterval, ""),
        s_rows.Of("PollLimitBurst", Value.Unsigned, static c => ref c.PollLimitBurst, ""),
    ];
}
