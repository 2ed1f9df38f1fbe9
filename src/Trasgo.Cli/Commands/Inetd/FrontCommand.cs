using System.Diagnostics;
using System.Globalization;
using System.Net;
using Trasgo.Linux;
using Trasgo.UnitFiles.Syntax;
using SocketAddress = Trasgo.Linux.SocketAddress;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>
/// <c>trasgo inetd-front [OPTION...] -- PROGRAM ARGV0 [ARGUMENT...]</c>, which services of xinetd.conf(5) have before their servers: it looks at
/// the client, the time and the load, greets and notes, and then becomes the server or passes the client on. It runs as the server's user. What
/// it cannot find out counts against the client.
/// </summary>
internal static class FrontCommand
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;
    private const int BannerLimit = 64 * 1024;

    internal static int Run(CommandInvocation invocation)
    {
        var socket = Descriptor.Adopt(StandardInput);
        var output = Descriptor.Adopt(StandardError);
        if (FrontOptions.Parse(invocation, out var server) is not { } options)
        {
            Drop(socket);
            return invocation.Output.Fail("The options are wrong, so nobody is served.");
        }

        var peer = Peer(socket, out var isConnection);
        var log = new FrontLog(options, peer is { } known && known.ToText(withPort: false) is { Length: > 0 } text ? text : "?", output);
        Show(options.Banner, socket, isConnection, log);
        if (Refusal(options, peer) is { } reason)
        {
            log.Fail(reason);
            Show(options.BannerFail, socket, isConnection, log);
            _ = Identify(options.OnFailure.HasFlag(FrontNotes.UserId) && isConnection, socket, peer, log);
            Drop(socket);
            return 0;
        }

        var isKnown = Identify((options.IdentOnly || options.OnSuccess.HasFlag(FrontNotes.UserId)) && isConnection, socket, peer, log, options.IdentOnly);
        if (options.IdentOnly && !isKnown)
        {
            Drop(socket);
            return 0;
        }

        Show(options.BannerSuccess, socket, isConnection, log);
        if (options.Redirect is { } target)
        {
            return new Redirection(log, socket).Run(target.Address, target.Port);
        }

        // From the kernel and not from the runtime, which would not keep every byte.
        var words = OwnArguments()[^server.Length..];
        return (options.OnSuccess & FrontNotes.End) == 0 ? Become(log, socket, words) : Accompany(log, socket, words);
    }

    /// <summary>Who the client is; null for a socket that has none yet, and when he is gone.</summary>
    private static SocketAddress? Peer(Descriptor socket, out bool isConnection)
    {
        var type = InternetSocket.TypeOf(socket);
        isConnection = type is { Ok: true, Value: not SocketType.Datagram } && !InternetSocket.IsListening(socket);
        if (isConnection)
        {
            return ListenSocket.PeerAddress(socket) is { Ok: true, Value: var peer } ? peer : null;
        }

        return type is { Ok: true, Value: SocketType.Datagram } && InternetSocket.PeekFrom(socket, out var sender).Ok ? sender : null;
    }

    /// <summary>The word of xinetd.log(5) for why not; null if nothing is against it.</summary>
    private static string? Refusal(FrontOptions options, SocketAddress? peer)
    {
        if ((options.Rules.OnlyFrom is not null || options.Rules.NoAccess.Count > 0)
            && (peer is not { } client || client.Host.IsEmpty || !options.Rules.Allows(new IPAddress(client.Host))))
        {
            return "address";
        }

        if (options.Times is { } times && !times.Contains(TimeOnly.FromDateTime(DateTime.Now)))
        {
            return "time";
        }

        return options.MaximumLoad is { } most && !(Load() < most) ? "load" : null;
    }

    /// <summary>Notes who the client's host says that he is; false if that is not known, or nobody wants to know.</summary>
    private static bool Identify(bool wanted, Descriptor socket, SocketAddress? peer, FrontLog log, bool isNeeded = false)
    {
        var problem = "no connection";
        var user = wanted && peer is { } client ? IdentQuery.Ask(socket, client, out problem) : null;
        if (user is not null)
        {
            log.User(user);
        }
        else if (isNeeded)
        {
            log.NoUser(problem);
        }

        return user is not null;
    }

    private static double Load() =>
        FileSystem.Read("/proc/loadavg", 128) is { Ok: true, Value: var bytes }
            && double.TryParse(ByteText.Decode(bytes).Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var load)
            ? load
            : double.NaN;

    private static void Show(string? file, Descriptor socket, bool isConnection, FrontLog log)
    {
        if (file is null || !isConnection)
        {
            return;
        }

        var read = FileSystem.Read(file, BannerLimit);
        if (!read.Ok)
        {
            log.Error($"cannot read {file}: {ErrnoNames.Message(read.Error)}");
            return;
        }

        // The kernel takes a banner into its buffer at once. Nobody waits for a client who does not read.
        _ = InternetSocket.Send(socket, read.Value);
    }

    /// <summary>A datagram that nobody takes would start the service again and again.</summary>
    private static void Drop(Descriptor socket)
    {
        if (InternetSocket.TypeOf(socket) is { Ok: true, Value: SocketType.Datagram })
        {
            _ = InternetSocket.ReceiveFrom(socket, stackalloc byte[1], out _);
        }
    }

    private static int Become(FrontLog log, Descriptor socket, string[] words)
    {
        log.Start(Environment.ProcessId);
        return Failed(log, socket, words, ReExecution.Become(words[0], words[1..]));
    }

    /// <summary>Starts the server, lets go of the client and waits for the end. Signals are for both, and the server's end is ours.</summary>
    private static int Accompany(FrontLog log, Descriptor socket, string[] words)
    {
        foreach (var signo in (int[])[Signo.SIGTERM, Signo.SIGINT, Signo.SIGHUP])
        {
            Signals.Ignore(signo);
        }

        var clock = Stopwatch.StartNew();
        var started = ForegroundProcess.Start(words[0], words[1..]);
        if (!started.Ok)
        {
            return Failed(log, socket, words, started.Error);
        }

        log.Start(started.Value);
        socket.Dispose();
        Descriptor.Adopt(StandardOutput).Dispose();
        var end = ForegroundProcess.Wait(started.Value);
        if (!end.Ok)
        {
            log.Error($"lost its server: {ErrnoNames.Message(end.Error)}");
            return 1;
        }

        log.Exit(started.Value, end.Value, clock.Elapsed, traffic: null);
        return end.Value.Signal > 0 ? 128 + end.Value.Signal : end.Value.Status;
    }

    private static int Failed(FrontLog log, Descriptor socket, string[] words, Errno error)
    {
        log.Error($"cannot execute {words[0]}: {ErrnoNames.Message(error)}");
        Drop(socket);
        return 1;
    }

    private static string[] OwnArguments()
    {
        var bytes = Processes.ReadAll("/proc/self/cmdline") ?? [];
        var words = new List<string>();
        for (ReadOnlySpan<byte> rest = bytes; rest.IndexOf((byte)0) is >= 0 and var end; rest = rest[(end + 1)..])
        {
            words.Add(ByteText.Decode(rest[..end]));
        }

        return [.. words];
    }
}
