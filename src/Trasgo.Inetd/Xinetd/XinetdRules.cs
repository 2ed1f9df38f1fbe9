using System.Net;

namespace Trasgo.Inetd;

/// <summary>Which entries of xinetd.conf(5) are not offered, and what of the others has no meaning here.</summary>
internal static class XinetdRules
{
    public static bool IsStream(XinetdConfig config) => (config.SocketType ?? (config.Protocol == "udp" ? "dgram" : "stream")) == "stream";

    /// <summary>Why a service is not offered; null if it is.</summary>
    public static string? Refusal(XinetdEntry entry, HostTables host) =>
        Kind(entry.Config) ?? Socket(entry.Config) ?? Missing(entry.Config) ?? Port(entry, host.Services) ?? Server(entry) ?? Redirect(entry.Config, host)
            ?? Access(entry.Config);

    /// <summary>Where a service redirects to; null if that is not known.</summary>
    public static (IPAddress Address, int Port)? RedirectTarget(XinetdConfig config, HostTables host) =>
        config.Redirect is { } redirect && host.Hosts.Find(redirect.Host) is [var address, ..] && host.Services.TryFind(redirect.Port, "tcp", out var port)
            ? (address, port)
            : null;

    /// <summary>A name of services(5), or UNLISTED with a port of its own.</summary>
    public static bool TryPort(XinetdEntry entry, ServiceNames services, out int port)
    {
        port = entry.Config.Port ?? 0;
        return entry.Config.Type.HasFlag(XinetdType.Unlisted) ? port > 0 : services.TryFind(entry.Name, IsStream(entry.Config) ? "tcp" : "udp", out port);
    }

    public static bool CanIdentify(XinetdEntry entry) =>
        IsStream(entry.Config) && entry.Config.Wait is not true && entry.Config.Port != IdentAnswer.Port && entry.Name is not ("auth" or "ident" or "identd");

    public static IEnumerable<string> Remarks(XinetdEntry entry)
    {
        var config = entry.Config;
        if ((config.LogOnSuccess | config.LogOnFailure).HasFlag(XinetdLog.UserId) && !CanIdentify(entry))
        {
            yield return "USERID is left out: only clients with a connection can be asked about, and not those of an identification server.";
        }

        if (config.DenyTime is not null)
        {
            yield return "deny_time is for sensors only and left out.";
        }

        if (config.IsAnnounced is true)
        {
            yield return "mdns is left out: nobody here announces services.";
        }

        if (config.HasRpcNumbers)
        {
            yield return "rpc_version and rpc_number are for RPC services only and left out.";
        }

        if (config.Libwrap is not null)
        {
            yield return "libwrap is left out: TCP wrappers are not built in. /usr/sbin/tcpd as the server, with NAMEINARGS, asks them.";
        }

        if (config.Flags.HasFlag(XinetdFlag.NoRetry))
        {
            yield return "NORETRY is left out: a process that cannot be started is not tried again here.";
        }

        if (config.Wait is false && !IsStream(config) && !config.Type.HasFlag(XinetdType.Internal))
        {
            yield return "A datagram server has the socket until it ends: wait is yes here.";
        }

        if ((config.Wait is true || !IsStream(config)) && (config.Instances is > 0 || config.PerSource is > 0))
        {
            yield return "instances and per_source are left out: a service that waits has one server.";
        }

        if (!IsStream(config) && (config.Banner ?? config.BannerSuccess ?? config.BannerFail) is not null)
        {
            yield return "Banners are left out: there is no connection to show them on.";
        }

        if (config.BannerFail is not null && (config.Instances is > 0 || config.PerSource is > 0))
        {
            yield return "banner_fail is not shown to clients for whom there is no instance left; their connections are closed.";
        }
    }

    private static string? Kind(XinetdConfig config)
    {
        if (config.Type.HasFlag(XinetdType.Rpc))
        {
            return "RPC services are not offered: there is no portmapper to register them with.";
        }

        if ((config.Type & (XinetdType.Tcpmux | XinetdType.TcpmuxPlus)) != 0)
        {
            return "TCPMUX (RFC 1078) is not offered: one port would stand for many services. UNLISTED and port give each its own.";
        }

        if (config.Flags.HasFlag(XinetdFlag.Sensor))
        {
            return "Sensors are not offered.";
        }

        if (config.Flags.HasFlag(XinetdFlag.Intercept))
        {
            return "INTERCEPT is not offered: nobody stands between the clients and a server that has the socket.";
        }

        return config.Flags.HasFlag(XinetdFlag.IdOnly) && (!IsStream(config) || config.Wait is true || config.Type.HasFlag(XinetdType.Internal))
            ? "IDONLY is for stream services that do not wait: whom should the client's host be asked about?"
            : null;
    }

    private static string? Socket(XinetdConfig config)
    {
        if (config.SocketType is null && config.Protocol is null)
        {
            return "socket_type or protocol has to be said.";
        }

        if (config.SocketType is not (null or "stream" or "dgram"))
        {
            return $"socket_type {config.SocketType} is not offered.";
        }

        return config.Protocol is null || config.Protocol == (IsStream(config) ? "tcp" : "udp")
            ? null
            : $"protocol {config.Protocol} does not go with socket_type {config.SocketType ?? "stream"}.";
    }

    private static string? Missing(XinetdConfig config)
    {
        if (config.Wait is null)
        {
            return "wait has to be said.";
        }

        if (config.Type.HasFlag(XinetdType.Internal))
        {
            return null;
        }

        return config.User is null ? "user has to be said." : config.Server is null && config.Redirect is null ? "server has to be said." : null;
    }

    private static string? Port(XinetdEntry entry, ServiceNames services)
    {
        if (!TryPort(entry, services, out var port))
        {
            return entry.Config.Type.HasFlag(XinetdType.Unlisted) ? "An unlisted service needs a port." : $"{ServiceNames.Path} has no such service.";
        }

        return entry.Config.Port is { } given && given != port ? $"{ServiceNames.Path} has port {port} for it, not {given}; UNLISTED allows another." : null;
    }

    private static string? Server(XinetdEntry entry)
    {
        var config = entry.Config;
        if (config.Type.HasFlag(XinetdType.Internal) && !SmallServices.IsKnown(entry.Name))
        {
            return "There is no internal service of this name: echo, discard, chargen, daytime and time are.";
        }

        if (config.Flags.HasFlag(XinetdFlag.NameInArgs) && (config.Redirect is not null || config.Type.HasFlag(XinetdType.Internal) || config.ServerArguments is null or []))
        {
            return "NAMEINARGS needs a server and server_args.";
        }

        if (config.LogOnSuccess.HasFlag(XinetdLog.Traffic) && config.Redirect is null)
        {
            return "TRAFFIC is known of services that redirect only.";
        }

        return null;
    }

    private static string? Redirect(XinetdConfig config, HostTables host)
    {
        if (config.Redirect is not { } redirect)
        {
            return null;
        }

        if (!IsStream(config) || config.Wait is true)
        {
            return "A service that redirects is a stream that does not wait.";
        }

        return RedirectTarget(config, host) is null
            ? $"redirect: '{redirect.Host} {redirect.Port}' is no address, or name in {HostNames.Path}, with a port."
            : null;
    }

    /// <summary>What nobody could keep must not be promised: a server that accepts by itself lets everybody in.</summary>
    private static string? Access(XinetdConfig config) =>
        config.Wait is true && IsStream(config) && (config.OnlyFrom is not null || config.NoAccess.Count > 0)
            ? "only_from and no_access cannot be kept for a stream server that accepts by itself."
            : null;
}
