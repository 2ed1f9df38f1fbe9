namespace Trasgo.Inetd;

/// <summary>What the attributes of an entry say. Null is what nobody has said.</summary>
internal sealed class XinetdConfig
{
    public string? Id;
    public XinetdType Type;
    public XinetdFlag Flags;
    public bool Disable;
    public string? SocketType;
    public string? Protocol;
    public bool? Wait;
    public string? User;
    public string? Group;
    public bool? Groups;
    public string? Server;
    public string[]? ServerArguments;

    /// <summary>0 is no limit.</summary>
    public uint? Instances;

    public uint? PerSource;
    public (uint PerSecond, uint Pause)? Rate;
    public string? MaximumLoad;
    public int? Nice;
    public int? Port;
    public string? Bind;
    public (string Host, string Port)? Redirect;
    public AccessTimes? AccessTimes;
    public XinetdLogTarget? LogTarget;
    public string? Banner;
    public string? BannerSuccess;
    public string? BannerFail;
    public string? UMask;
    public bool? V6Only;
    public string? Libwrap;
    public string? DenyTime;

    /// <summary>mdns.</summary>
    public bool? IsAnnounced;

    /// <summary>rpc_version or rpc_number.</summary>
    public bool HasRpcNumbers;

    /// <summary>"rlimit_as" and its like, with what the directive of units takes.</summary>
    public List<UnitLine> Limits = [];

    public List<string> Environment = [];

    // Those that a service has from the defaults, and goes on with by += and -=.
    public XinetdLog LogOnSuccess;
    public XinetdLog LogOnFailure;
    public List<AddressRange>? OnlyFrom;
    public List<AddressRange> NoAccess = [];
    public List<string>? PassEnvironment;

    // Of the defaults only: IDs.
    public List<string>? Enabled;
    public List<string> Disabled = [];

    /// <summary>A service's beginning: what the defaults say of attributes that can be added to.</summary>
    public XinetdConfig Inherit() => new()
    {
        LogOnSuccess = LogOnSuccess,
        LogOnFailure = LogOnFailure,
        OnlyFrom = OnlyFrom is { } only ? [.. only] : null,
        NoAccess = [.. NoAccess],
        PassEnvironment = PassEnvironment is { } pass ? [.. pass] : null,
    };

    /// <summary>What the service has not said and the defaults have.</summary>
    public void FillFrom(XinetdConfig defaults)
    {
        Instances ??= defaults.Instances;
        PerSource ??= defaults.PerSource;
        Rate ??= defaults.Rate;
        MaximumLoad ??= defaults.MaximumLoad;
        Bind ??= defaults.Bind;
        LogTarget ??= defaults.LogTarget;
        Banner ??= defaults.Banner;
        BannerSuccess ??= defaults.BannerSuccess;
        BannerFail ??= defaults.BannerFail;
        UMask ??= defaults.UMask;
        V6Only ??= defaults.V6Only;
        Groups ??= defaults.Groups;
        IsAnnounced ??= defaults.IsAnnounced;
    }
}
