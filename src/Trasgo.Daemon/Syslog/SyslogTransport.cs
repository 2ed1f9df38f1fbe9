namespace Trasgo.Daemon;

/// <summary>How messages travel.</summary>
internal enum SyslogTransport
{
    Unix,
    Udp,
    Tcp,
}
