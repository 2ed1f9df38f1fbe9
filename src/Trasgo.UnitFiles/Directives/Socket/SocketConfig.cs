using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Socket] section of systemd.socket(5).</summary>
internal sealed class SocketConfig
{
    public SocketConfig(UnitConfig unit, ManagerDefaults? defaults = null)
    {
        defaults ??= new ManagerDefaults();
        Unit = unit;
        Exec = new ExecConfig(defaults)
        {
            StandardOutput = defaults.StandardOutput,
            StandardError = defaults.StandardError,
        };
        Resources = new ResourceConfig(defaults);
        Timeout = defaults.TimeoutStart;
    }

    public UnitConfig Unit { get; }

    public ExecConfig Exec { get; }

    public KillConfig Kill { get; } = new();

    public ResourceConfig Resources { get; }

    public List<SocketPort> Ports = [];

    /// <summary>IPPROTO_UDPLITE or IPPROTO_SCTP; 0 is the usual one.</summary>
    public int SocketProtocol;

    public BindIPv6Only BindIPv6Only;
    public uint Backlog = int.MaxValue;
    public string? BindToDevice;
    public List<ExecCommand> ExecStartPre = [];
    public List<ExecCommand> ExecStartPost = [];
    public List<ExecCommand> ExecStopPre = [];
    public List<ExecCommand> ExecStopPost = [];
    public ulong Timeout;
    public string? SocketUser;
    public string? SocketGroup;
    public uint SocketMode = 0x1b6;
    public uint DirectoryMode = 0x1ed;
    public bool Accept;
    public bool FlushPending;
    public bool Writable;
    public uint MaxConnections = 64;
    public uint MaxConnectionsPerSource;
    public bool KeepAlive;
    public ulong KeepAliveTime;
    public ulong KeepAliveInterval;
    public uint KeepAliveProbes;
    public ulong DeferAccept;
    public bool NoDelay;
    public int Priority = -1;
    public ulong ReceiveBuffer;
    public ulong SendBuffer;
    public int IpTos = -1;
    public int IpTtl = -1;
    public int Mark = -1;
    public ulong PipeSize;
    public bool FreeBind;
    public bool Transparent;
    public bool Broadcast;
    public bool PassCredentials;
    public bool PassSecurity;
    public bool PassPacketInfo;
    public SocketTimestamping Timestamping;
    public string? TcpCongestion;
    public bool ReusePort;
    public long MessageQueueMaxMessages;
    public long MessageQueueMessageSize;
    public bool RemoveOnStop;
    public List<string> Symlinks = [];

    /// <summary>null: "connection" with Accept=, else the name of the unit.</summary>
    public string? FileDescriptorName;

    /// <summary>Service=; null: the service of the same name.</summary>
    public string? Service;

    /// <summary>Infinity, and uint.MaxValue for the burst, until written: the defaults depend on Accept=.</summary>
    public ulong TriggerLimitInterval = TimeSpans.Infinity;

    public uint TriggerLimitBurst = uint.MaxValue;

    /// <summary>How long nobody is served when the trigger limit is hit; 0: the socket fails.</summary>
    public ulong TriggerLimitPause;

    /// <summary>As the trigger limit; where neither is written there is no such limit, as in the systemd that we are compared with.</summary>
    public ulong PollLimitInterval = TimeSpans.Infinity;

    public uint PollLimitBurst = uint.MaxValue;

    private bool HasPollLimit => PollLimitInterval != TimeSpans.Infinity || PollLimitBurst != uint.MaxValue;

    /// <summary>0 for no limit; half of it written, the rest is what later versions of systemd have by default.</summary>
    public ulong EffectivePollLimitInterval =>
        !HasPollLimit ? 0 : PollLimitInterval == TimeSpans.Infinity ? 2 * TimeSpans.Second : PollLimitInterval;

    public uint EffectivePollLimitBurst => !HasPollLimit ? 0 : PollLimitBurst != uint.MaxValue ? PollLimitBurst : Accept ? 150U : 15;

    public string? SmackLabel;
    public string? SmackLabelIpIn;
    public string? SmackLabelIpOut;
    public bool SelinuxContextFromNet;
}
