using System.Net;
using System.Net.Sockets;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;
using Trasgo.Tests.Shared;

namespace Trasgo.Daemon.Tests.Descriptors;

/// <summary>sd_listen_fds(3), with Debian's systemd-socket-activate and with a shell as the one who passes.</summary>
public sealed class ListenDescriptorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string? Activator => Peer.Find("systemd-socket-activate");

    [SkippableFact]
    public void Take_UnderSystemdSocketActivate_HasTheSocketsAndTheirNames()
    {
        Skip.If(Activator is null, "systemd-socket-activate is not installed");
        int port = FreePorts.Next();
        using var probe = Probe.StartUnder(
            [Activator!, "-l", $"127.0.0.1:{port}", "-l", _folder["socket"], "--fdname=inet:local", .. Passed, Probe.Path, "listen"]);
        using var client = Connect(port);

        Assert.Equal("3 inet socket=True listening=True stream=True inet=True unix=False fifo=False special=False mq=False", probe.ReadLine());
        Assert.Equal("4 local socket=True listening=True stream=True inet=False unix=True fifo=False special=False mq=False", probe.ReadLine());
        Assert.Equal("2 in all, then 0, no variable", probe.ReadLine());
        Assert.Equal("this is inet", client.ReadLine());
        using var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        local.Connect(new UnixDomainSocketEndPoint(_folder["socket"]));
        Assert.Equal(0, probe.WaitForExit());
    }

    [SkippableFact]
    public void Take_UnderSystemdSocketActivateWithDatagrams_HasASocketThatDoesNotListen()
    {
        Skip.If(Activator is null, "systemd-socket-activate is not installed");
        int port = FreePorts.Next();
        using var probe = Probe.StartUnder([Activator!, "--datagram", "-l", $"127.0.0.1:{port}", .. Passed, Probe.Path, "listen", "describe"]);
        using var socket = new UdpClient();
        Waiting.Until("the probe", () =>
        {
            // Until somebody has the port the datagrams go nowhere.
            socket.Send([1], new IPEndPoint(IPAddress.Loopback, port));
            return !probe.IsRunning;
        });

        Assert.Equal("3 unknown socket=True listening=False stream=False inet=True unix=False fifo=False special=False mq=False", probe.ReadLine());
    }

    [SkippableFact]
    public void Take_UnderSystemdSocketActivateWithAccept_HasTheConnection()
    {
        Skip.If(Activator is null, "systemd-socket-activate is not installed");
        int port = FreePorts.Next();
        using var activator = Probe.StartUnder([Activator!, "--accept", "-l", $"127.0.0.1:{port}", .. Passed, Probe.Path, "listen"]);
        using var first = Connect(port);
        using var second = Connect(port);

        Assert.Equal("this is unknown", first.ReadLine());
        Assert.Equal("this is unknown", second.ReadLine());
    }

    [Fact]
    public void Take_WithoutVariables_HasNothing() => Assert.Equal("0 in all, then 0, no variable\n", Describe("true").Output);

    [Fact]
    public void Take_WithVariablesOfAnotherProcess_HasNothingAndLeavesTheDescriptors()
    {
        var (status, output, _) = Describe("export LISTEN_PID=1 LISTEN_FDS=1; exec 3</dev/null");

        Assert.Equal((0, "0 in all, then 0, no variable\n"), (status, output));
    }

    [Fact]
    public void Take_OfDescriptorsThatAreNoSockets_SaysWhatTheyAre()
    {
        Peer.Run("/usr/bin/mkfifo", _folder["fifo"]);

        string[] lines = Describe($"export LISTEN_PID=$$ LISTEN_FDS=2 LISTEN_FDNAMES=file:pipe; exec 3</dev/null 4<>{_folder["fifo"]}").Output.Split('\n');

        Assert.Equal("3 file socket=False listening=False stream=False inet=False unix=False fifo=False special=True mq=False", lines[0]);
        Assert.Equal("4 pipe socket=False listening=False stream=False inet=False unix=False fifo=True special=False mq=False", lines[1]);
    }

    [Fact]
    public void ToSocket_OfADescriptorThatIsNoSocket_FailsWithItsNumberAndName()
    {
        var (status, _, errors) = Run("export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=web; exec 3</dev/null", "listen");

        Assert.Equal((1, "probe: descriptor 3 (web) cannot be listened on: Socket operation on non-socket\n"), (status, errors));
    }

    [Theory]
    [InlineData("LISTEN_FDS=x", "LISTEN_FDS is no number: x")]
    [InlineData("LISTEN_FDS=-1", "LISTEN_FDS is no number: -1")]
    [InlineData("LISTEN_FDS=2147483647", "LISTEN_FDS is too large: 2147483647")]
    [InlineData("LISTEN_FDS=1 LISTEN_PID=me", "LISTEN_PID is no number: me")]
    [InlineData("LISTEN_FDS=1 LISTEN_PID=0", "LISTEN_PID is no number: 0")]
    [InlineData("LISTEN_FDS=1 LISTEN_FDNAMES=a:b", "LISTEN_FDNAMES has 2 names for 1 descriptors")]
    [InlineData("LISTEN_FDS=2", "LISTEN_FDS is 2, but descriptor 4 was not passed")]
    public void Take_WithVariablesThatMakeNoSense_SaysWhich(string variables, string message)
    {
        var (status, _, errors) = Describe($"export LISTEN_PID=$$; export {variables}; exec 3</dev/null 4<&-");

        Assert.Equal((1, $"probe: {message}\n"), (status, errors));
    }

    [Fact]
    public void IsSocket_OfKnownSockets_TellsThemApart()
    {
        using var listener = ListenSockets.Tcp(0, IPAddress.IPv6Loopback)[0];
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        int fd = (int)listener.Handle;

        Assert.True(DescriptorKind.IsInternetSocket(fd, AddressFamily.InterNetworkV6, SocketType.Stream, true, port));
        Assert.False(DescriptorKind.IsInternetSocket(fd, AddressFamily.InterNetwork, SocketType.Stream, true, port));
        Assert.False(DescriptorKind.IsInternetSocket(fd, null, SocketType.Dgram, null, 0));
        Assert.False(DescriptorKind.IsInternetSocket(fd, null, null, false, 0));
        Assert.False(DescriptorKind.IsInternetSocket(fd, null, null, null, port == 1 ? 2 : port - 1));
        Assert.False(DescriptorKind.IsUnixSocket(fd, null, null, null));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("127.0.0.2", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    public void IsBoundTo_OfAnAddressOfIpv4_ComparesAddressAndPort(string address, bool expected)
    {
        using var listener = ListenSockets.Tcp(0, IPAddress.Loopback)[0];
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        int fd = (int)listener.Handle;

        Assert.Equal(expected, DescriptorKind.IsBoundTo(fd, new(IPAddress.Parse(address), port), SocketType.Stream, true));
        Assert.Equal(expected, DescriptorKind.IsBoundTo(fd, new(IPAddress.Parse(address), 0), null, null));
        Assert.False(DescriptorKind.IsBoundTo(fd, new(IPAddress.Parse(address), port == 1 ? 2 : port - 1), null, null));
        Assert.False(DescriptorKind.IsBoundTo(fd, new(IPAddress.Parse(address), port), SocketType.Dgram, null));
    }

    [Theory]
    [InlineData("::1", true)]
    [InlineData("::", false)]
    [InlineData("::1%1", false)]
    [InlineData("127.0.0.1", false)]
    public void IsBoundTo_OfAnAddressOfIpv6_ComparesTheScopeIfThereIsOne(string address, bool expected)
    {
        using var receiver = ListenSockets.Udp(0, IPAddress.IPv6Loopback)[0];
        int port = ((IPEndPoint)receiver.LocalEndPoint!).Port;

        Assert.Equal(expected, DescriptorKind.IsBoundTo((int)receiver.Handle, new(IPAddress.Parse(address), port), null, null));
    }

    [Fact]
    public void IsSpecial_OfDevicesAndFiles_ComparesThem()
    {
        File.WriteAllText(_folder["file"], "");
        Peer.Run("/bin/ln", _folder["file"], _folder["second"]);
        using var device = File.OpenHandle("/dev/zero");
        using var file = File.OpenHandle(_folder["file"]);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        Assert.True(DescriptorKind.IsSpecial((int)device.DangerousGetHandle(), null));
        Assert.True(DescriptorKind.IsSpecial((int)device.DangerousGetHandle(), "/dev/zero"));
        Assert.False(DescriptorKind.IsSpecial((int)device.DangerousGetHandle(), "/dev/null"));
        Assert.True(DescriptorKind.IsSpecial((int)file.DangerousGetHandle(), null));
        Assert.True(DescriptorKind.IsSpecial((int)file.DangerousGetHandle(), _folder["second"]));
        Assert.False(DescriptorKind.IsSpecial((int)file.DangerousGetHandle(), "/dev/zero"));
        Assert.False(DescriptorKind.IsSpecial((int)socket.Handle, null));
        Assert.False(DescriptorKind.IsSpecial(-1, null));
    }

    [SkippableFact]
    public void IsMessageQueue_OfAQueueThatWasPassed_ComparesItsName()
    {
        Namespaces.Require("--mount", "--ipc");
        string script = $"""
            set -e
            mkdir {_folder["dev"]}
            mount --bind /dev {_folder["dev"]}
            mount -t tmpfs tmpfs /dev
            for device in null zero random urandom; do : >/dev/$device; mount --bind {_folder["dev"]}/$device /dev/$device; done
            umount {_folder["dev"]}
            mkdir /dev/mqueue
            mount -t mqueue mqueue /dev/mqueue || exit 77
            : >/dev/mqueue/one
            : >/dev/mqueue/two
            export LISTEN_PID=$$ LISTEN_FDS=1
            exec {Probe.Path} listen describe /one /two 3</dev/mqueue/one
            """;
        var (status, output, errors) = Probe.RunUnder(Namespaces.Shell(script, "--mount", "--ipc"));
        Skip.If(status == 77, "message queues are not there: " + errors);

        Assert.Equal("3 unknown socket=False listening=False stream=False inet=False unix=False fifo=False special=True mq=True /one=True /two=False", output.Split('\n')[0]);
    }

    [Fact]
    public void IsUnixSocket_OfPathsAndAbstractNames_ComparesThem()
    {
        using var named = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        named.Bind(new UnixDomainSocketEndPoint(_folder["s"]));
        string name = "trasgo-daemon-tests-" + Guid.NewGuid();
        using var hidden = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        hidden.Bind(new UnixDomainSocketEndPoint('\0' + name));
        using var nameless = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        Assert.True(DescriptorKind.IsUnixSocket((int)named.Handle, SocketType.Stream, false, _folder["s"]));
        Assert.False(DescriptorKind.IsUnixSocket((int)named.Handle, null, null, _folder["t"]));
        Assert.True(DescriptorKind.IsUnixSocket((int)hidden.Handle, null, null, "@" + name));
        Assert.False(DescriptorKind.IsUnixSocket((int)hidden.Handle, null, null, name));
        Assert.True(DescriptorKind.IsUnixSocket((int)nameless.Handle, null, null, ""));
    }

    [Fact]
    public void IsFifo_WithAPath_ComparesTheFile()
    {
        Peer.Run("/usr/bin/mkfifo", _folder["a"], _folder["b"]);
        using var pipe = new FileStream(_folder["a"], FileMode.Open, FileAccess.ReadWrite);
        int fd = (int)pipe.SafeFileHandle.DangerousGetHandle();

        Assert.True(DescriptorKind.IsFifo(fd, null));
        Assert.True(DescriptorKind.IsFifo(fd, _folder["a"]));
        Assert.False(DescriptorKind.IsFifo(fd, _folder["b"]));
        Assert.False(DescriptorKind.IsFifo(fd, _folder["none"]));
        Assert.False(DescriptorKind.IsFifo(-1, null));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>systemd-socket-activate passes few variables on.</summary>
    private static string[] Passed => Environment.GetEnvironmentVariable("DOTNET_ROOT") is null ? [] : ["-E", "DOTNET_ROOT"];

    private static (int Status, string Output, string Errors) Describe(string preparation) => Run(preparation, "listen describe");

    private static (int Status, string Output, string Errors) Run(string preparation, string command) =>
        Probe.RunUnder(["/bin/sh", "-c", $"{preparation}; exec {Probe.Path} {command}"]);

    private static Client Connect(int port)
    {
        Client? client = null;
        Waiting.Until("the port", () =>
        {
            try
            {
                client = new Client(IPAddress.Loopback, port);
            }
            catch (SocketException)
            {
                return false;
            }

            return true;
        });
        return client!;
    }
}
