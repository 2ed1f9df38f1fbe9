namespace Trasgo.Inetd;

/// <summary>The words of type, flags, log_on_success and log_on_failure (xinetd.conf(5)).</summary>
[Flags]
internal enum XinetdType
{
    None = 0,
    Rpc = 1,
    Internal = 2,
    Tcpmux = 4,
    TcpmuxPlus = 8,
    Unlisted = 16,
}

[Flags]
internal enum XinetdFlag
{
    None = 0,
    Intercept = 1,
    NoRetry = 2,
    IdOnly = 4,
    NameInArgs = 8,
    NoDelay = 16,
    KeepAlive = 32,
    NoLibwrap = 64,
    Sensor = 128,
    IPv4 = 256,
    IPv6 = 512,
    Labeled = 1024,
    Reuse = 2048,
    Disable = 4096,
}

[Flags]
internal enum XinetdLog
{
    None = 0,
    Pid = 1,
    Host = 2,
    UserId = 4,
    Exit = 8,
    Duration = 16,
    Traffic = 32,
    Attempt = 64,
}
