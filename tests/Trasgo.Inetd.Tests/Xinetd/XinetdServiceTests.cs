namespace Trasgo.Inetd.Tests.Xinetd;

/// <summary>What entries of xinetd.conf become.</summary>
public sealed class XinetdServiceTests
{
    [Theory]
    [InlineData("", "[::]:7000+4")]
    [InlineData("v6only = yes", "[::]:7000")]
    [InlineData("flags = IPv4", "0.0.0.0:7000")]
    [InlineData("flags = IPv6", "[::]:7000+4")]
    [InlineData("flags = IPv4 IPv6", "[::]:7000+4")]
    [InlineData("bind = 192.0.2.7", "192.0.2.7:7000")]
    [InlineData("interface = ::1", "[::1]:7000+4")]
    [InlineData("bind = localhost\nflags = IPv6", "[::1]:7000+4")]
    public void Service_WithAPlace_ListensThere(string lines, string expected)
    {
        var service = XinetdWorld.One(lines);

        Assert.Equal(expected, service.Address + (service.IsDualStack ? "+4" : ""));
        Assert.Equal(("xinetd-some.socket", "xinetd-some@.service"), (service.SocketUnit, service.ServiceUnit));
        Assert.Empty(new ReadService(service).Complaints);
    }

    [Theory]
    [InlineData("instances = 3", "MaxConnections=3")]
    [InlineData("instances = UNLIMITED\nper_source = 2", "MaxConnectionsPerSource=2")]
    [InlineData("cps = 10 30", "TriggerLimitIntervalSec=1s;TriggerLimitBurst=10;TriggerLimitPauseSec=30s")]
    [InlineData("", "TriggerLimitBurst=50;TriggerLimitPauseSec=10s")]
    [InlineData("cps = 0 30", "TriggerLimitIntervalSec=0")]
    [InlineData("cps = 5 0", "TriggerLimitBurst=5;TriggerLimitPauseSec=1us")]
    [InlineData("flags = NODELAY KEEPALIVE REUSE", "NoDelay=yes;KeepAlive=yes")]
    [InlineData("nice = -5", "Nice=-5")]
    [InlineData("umask = 027", "UMask=027")]
    [InlineData("rlimit_as = 8M\nrlimit_cpu = 20\nrlimit_files = UNLIMITED", "LimitAS=8388608;LimitCPU=20;LimitNOFILE=infinity")]
    [InlineData("env = A=1 B=%n\"\nenv += C=\\", "Environment=A=1 \"B=%%n\\\"\" \"C=\\\\\"")]
    [InlineData("passenv = HOME PATH\npassenv -= HOME", "PassEnvironment=PATH")]
    [InlineData("log_type = SYSLOG authpriv notice", "SyslogFacility=authpriv;SyslogLevel=notice")]
    [InlineData("log_type = FILE /var/log/x 10 20", "StandardError=append:/var/log/x")]
    public void Attribute_ThatUnitsHave_IsTheirs(string lines, string expected)
    {
        var service = XinetdWorld.One(lines);

        var written = service.SocketLines.Concat(service.Rate.SocketLines).Concat(service.Rate.OwnLines).Concat(service.ServiceLines).Select(static line => $"{line.Name}={line.Value}").ToArray();
        Assert.All(expected.Split(';'), line => Assert.Contains(line, written));
        Assert.Empty(new ReadService(service).Complaints);
    }

    [Theory]
    [InlineData("", "/bin/cat|cat")]
    [InlineData("server_args = -l %n $HOME", "/bin/cat|cat|-l|%n|$HOME")]
    [InlineData("flags = NAMEINARGS\nserver_args = /usr/sbin/in.ftpd -l", "/bin/cat|/usr/sbin/in.ftpd|-l")]
    [InlineData("only_from = 10.0.0.0 192.0.2.7", "/proc/self/exe|trasgo|inetd-front|--service=some|--only-from=10.0.0.0/8,192.0.2.7/32|--|/bin/cat|cat")]
    [InlineData("only_from =", "/proc/self/exe|trasgo|inetd-front|--service=some|--only-from=|--|/bin/cat|cat")]
    [InlineData("only_from = nowhere", "/proc/self/exe|trasgo|inetd-front|--service=some|--only-from=|--|/bin/cat|cat")]
    [InlineData("no_access = 10.1.{2,3}", "/proc/self/exe|trasgo|inetd-front|--service=some|--no-access=10.1.2.0/24,10.1.3.0/24|--|/bin/cat|cat")]
    [InlineData("access_times = 2:00-9:00 12:00-24:00\nmax_load = 2.5", "/proc/self/exe|trasgo|inetd-front|--service=some|--access-times=2:00-9:00,12:00-24:00|--max-load=2.5|--|/bin/cat|cat")]
    [InlineData("banner = /etc/b\nbanner_success = /etc/s\nbanner_fail = /etc/f", "/proc/self/exe|trasgo|inetd-front|--service=some|--banner=/etc/b|--banner-success=/etc/s|--banner-fail=/etc/f|--|/bin/cat|cat")]
    [InlineData("log_on_success = HOST PID\nlog_on_failure = HOST", "/proc/self/exe|trasgo|inetd-front|--service=some|--log-on-success=pid,host|--log-on-failure=host,attempt|--|/bin/cat|cat")]
    [InlineData("log_on_success = EXIT\nlog_type = FILE /l", "/proc/self/exe|trasgo|inetd-front|--service=some|--log-on-success=exit|--log-time|--|/bin/cat|cat")]
    [InlineData("log_on_failure = USERID\nflags = IDONLY", "/proc/self/exe|trasgo|inetd-front|--service=some|--log-on-failure=attempt,userid|--ident-only|--|/bin/cat|cat")]
    [InlineData("redirect = localhost smtp", "/proc/self/exe|trasgo|inetd-front|--service=some|--redirect=127.0.0.1 25")]
    public void Server_OfAnEntry_IsStartedAloneOrBehindTheFront(string lines, string expected)
    {
        var read = new ReadService(XinetdWorld.One(lines));

        Assert.Empty(read.Complaints);
        var command = Assert.Single(read.Service.ExecStart);
        Assert.Equal(expected, $"{command.Path}|{string.Join('|', command.Argv)}");
    }

    [Theory]
    [InlineData("log_on_success = PID HOST", "Process")]
    [InlineData("log_on_success = PID DURATION", "ControlGroup")]
    public void Server_WhoseEndIsNoted_IsEndedWithItsFront(string lines, string mode) =>
        Assert.Equal(mode, new ReadService(XinetdWorld.One(lines)).Service.Kill.KillMode.ToString());

    [Theory]
    [InlineData("type = RPC UNLISTED", "RPC services are not offered: there is no portmapper to register them with.")]
    [InlineData("type = TCPMUX UNLISTED", "TCPMUX (RFC 1078) is not offered: one port would stand for many services. UNLISTED and port give each its own.")]
    [InlineData("type = INTERNAL UNLISTED", "There is no internal service of this name: echo, discard, chargen, daytime and time are.")]
    [InlineData("flags = SENSOR", "Sensors are not offered.")]
    [InlineData("flags = INTERCEPT", "INTERCEPT is not offered: nobody stands between the clients and a server that has the socket.")]
    [InlineData("flags = IDONLY\nsocket_type = dgram", "IDONLY is for stream services that do not wait: whom should the client's host be asked about?")]
    [InlineData("flags = NAMEINARGS", "NAMEINARGS needs a server and server_args.")]
    [InlineData("socket_type = raw", "socket_type raw is not offered.")]
    [InlineData("protocol = udp", "protocol udp does not go with socket_type stream.")]
    [InlineData("log_on_success = TRAFFIC", "TRAFFIC is known of services that redirect only.")]
    [InlineData("wait = yes\nredirect = ::1 25", "A service that redirects is a stream that does not wait.")]
    [InlineData("redirect = elsewhere 25", "redirect: 'elsewhere 25' is no address, or name in /etc/hosts, with a port.")]
    [InlineData("wait = yes\nonly_from = 10.0.0.0", "only_from and no_access cannot be kept for a stream server that accepts by itself.")]
    [InlineData("bind = elsewhere", "'elsewhere' is neither an address nor a name in /etc/hosts that could be bound to.")]
    public void Service_ThatCouldBeKeptInPartOnly_IsRefused(string lines, string message)
    {
        var world = new XinetdWorld();

        Assert.Empty(world.Read(XinetdWorld.Entry(lines)));

        Assert.Equal(["1: some: " + message], world.Errors);
    }

    [Theory]
    [InlineData("instances = 0", "instances: '0' is neither a number above 0 nor UNLIMITED")]
    [InlineData("instances = 1 2", "instances: has 2 values instead of 1")]
    [InlineData("instances += 1", "instances: has the operator '=' only")]
    [InlineData("env -= A=1", "env: has no operator '-='")]
    [InlineData("env = A", "env: 'A' is not valid")]
    [InlineData("no_access = .example.org", "no_access: '.example.org' is neither an address nor a name in /etc/hosts, and no name server is asked")]
    [InlineData("access_times = 9-10", "access_times: the values are no intervals HOUR:MINUTE-HOUR:MINUTE")]
    [InlineData("flags = FAST", "flags: 'FAST' is not known")]
    [InlineData("log_on_success = EVERYTHING", "log_on_success: 'EVERYTHING' is not known")]
    [InlineData("cps = 5", "cps: has 1 values instead of 2")]
    [InlineData("port = 65536", "port: '65536' is no port")]
    [InlineData("server = cat", "server: 'cat' is no absolute path that a unit could have")]
    [InlineData("server = /bin/c\"at", "server: '/bin/c\"at' is no absolute path that a unit could have")]
    [InlineData("user = a/b", "user: 'a/b' is no name and no number of an account")]
    [InlineData("umask = 9", "umask: '9' is no mask in octal")]
    [InlineData("nice = 20", "nice: '20' is no nice level")]
    [InlineData("rlimit_as = 8G", "rlimit_as: '8G' is neither a number nor UNLIMITED")]
    [InlineData("log_type = FILE log", "log_type: the values are neither SYSLOG FACILITY [LEVEL] nor FILE PATH")]
    [InlineData("wait = maybe", "wait: 'maybe' is neither yes nor no")]
    public void Attribute_ThatIsWrong_DisablesItsService(string line, string message)
    {
        var world = new XinetdWorld();

        Assert.Empty(world.Read(XinetdWorld.Entry(line)));

        Assert.Equal([$"3: some: {message}; the service is not offered."], world.Errors);
    }

    [Theory]
    [InlineData("colour = blue", "3: some: colour: is no attribute and is left out.")]
    [InlineData("disabled = x", "3: some: disabled: is no attribute and is left out.")]
    [InlineData("nice = 1\nnice = 2", "4: some: nice: was set before; the first counts.")]
    [InlineData("only_from = nowhere", "3: some: only_from: 'nowhere' is neither an address nor a name in /etc/hosts, and no name server is asked; it lets nobody in.")]
    [InlineData("wait = yes\nlog_on_success = USERID", "1: some: USERID is left out: only clients with a connection can be asked about, and not those of an identification server.")]
    [InlineData("mdns = yes", "1: some: mdns is left out: nobody here announces services.")]
    [InlineData("rpc_version = 2", "1: some: rpc_version and rpc_number are for RPC services only and left out.")]
    [InlineData("deny_time = 60", "1: some: deny_time is for sensors only and left out.")]
    [InlineData("libwrap = x", "1: some: libwrap is left out: TCP wrappers are not built in. /usr/sbin/tcpd as the server, with NAMEINARGS, asks them.")]
    [InlineData("flags = NORETRY", "1: some: NORETRY is left out: a process that cannot be started is not tried again here.")]
    [InlineData("banner_fail = /f\ninstances = 1", "1: some: banner_fail is not shown to clients for whom there is no instance left; their connections are closed.")]
    public void Attribute_WithoutMeaningHere_IsTold(string lines, string message)
    {
        var world = new XinetdWorld();

        Assert.Single(world.Read(XinetdWorld.Entry(lines)));

        Assert.Contains(message, world.Messages);
        Assert.Empty(world.Errors);
    }

    [Theory]
    [InlineData("only_from = 10.0.0.0\nonly_from = 192.0.2.7", "", "--only-from=10.0.0.0/8,192.0.2.7/32")]
    [InlineData("only_from = 10.0.0.0", "only_from += 192.0.2.7", "--only-from=10.0.0.0/8,192.0.2.7/32")]
    [InlineData("only_from = 10.0.0.0 192.0.2.7", "only_from -= 10.0.0.0", "--only-from=192.0.2.7/32")]
    [InlineData("only_from = 10.0.0.0", "only_from = 192.0.2.7", "--only-from=192.0.2.7/32")]
    [InlineData("log_on_success = PID\nlog_on_success = HOST", "log_on_success -= PID", "--log-on-success=host")]
    [InlineData("banner = /b", "", "--banner=/b")]
    [InlineData("banner = /b", "banner = /c", "--banner=/c")]
    public void Default_OfAnAttribute_CountsUntilTheServiceSaysOtherwise(string defaults, string lines, string option) =>
        Assert.Contains(option, XinetdWorld.One(lines, $"defaults\n{{\n{defaults}\n}}\n").Arguments);

    [Theory]
    [InlineData("only_from=10.0.0.0")]
    [InlineData("no_access = .example.org")]
    [InlineData("instances = many")]
    public void Defaults_InError_CloseAllServices(string line)
    {
        var world = new XinetdWorld();

        Assert.Empty(world.Read($"defaults\n{{\n{line}\n}}\n" + XinetdWorld.Entry("")));

        Assert.Equal("0: The defaults are in error, so none of the services is offered.", world.Errors[^1]);
    }

    [Fact]
    public void Services_ThatAreDisabled_AreConfiguredAndNotOffered()
    {
        var world = new XinetdWorld();

        var services = world.Read(
            "defaults\n{\ndisabled = c\n}\n" + XinetdWorld.Entry("disable = yes\nport=broken", "x") + XinetdWorld.Entry("disable = yes", "a")
            + XinetdWorld.Entry("flags = DISABLE", "b") + XinetdWorld.Entry("", "c") + XinetdWorld.Entry("id = d-1\ndisable = no", "d"));

        Assert.Equal(["xinetd-d\\x2d1"], services.Select(static service => service.Name));
        Assert.Equal(["a", "b", "c", "d"], world.Configured.Order());
    }

    [Fact]
    public void Services_WhereSomeAreEnabled_AreTheseAlone() =>
        Assert.Equal(
            ["xinetd-b"],
            new XinetdWorld().Read("defaults\n{\nenabled = b c\n}\n" + XinetdWorld.Entry("", "a") + XinetdWorld.Entry("", "b") + XinetdWorld.Entry("disable = yes", "c"))
                .Select(static service => service.Name));

    [Fact]
    public void Service_WithAnIdThatIsTaken_IsRefused()
    {
        var world = new XinetdWorld();

        Assert.Single(world.Read(XinetdWorld.Entry("") + XinetdWorld.Entry("id = some", "other")));

        Assert.Equal(["11: some: Another service has this id; this one is not offered."], world.Errors);
    }

    [Theory]
    [InlineData("ftp", "", "[::]:21", null)]
    [InlineData("ftp", "port = 21", "[::]:21", null)]
    [InlineData("ftp", "port = 22", null, "/etc/services has port 21 for it, not 22; UNLISTED allows another.")]
    [InlineData("gopher", "", null, "/etc/services has no such service.")]
    [InlineData("gopher", "type = UNLISTED", null, "An unlisted service needs a port.")]
    public void Port_OfAService_IsItsOwnOrTheListedOne(string name, string lines, string? address, string? message)
    {
        var world = new XinetdWorld();

        var services = world.Read($"service {name}\n{{\n{lines}\nsocket_type = stream\nwait = no\nuser = root\nserver = /bin/cat\n}}\n");

        Assert.Equal(address, services.SingleOrDefault()?.Address);
        Assert.Equal(message is null ? [] : [$"1: {name}: {message}"], world.Errors);
    }

    [Theory]
    [InlineData("socket_type = stream", "wait has to be said.")]
    [InlineData("socket_type = stream\nwait = no", "user has to be said.")]
    [InlineData("socket_type = stream\nwait = no\nuser = root", "server has to be said.")]
    [InlineData("wait = no\nuser = root\nserver = /bin/cat", "socket_type or protocol has to be said.")]
    public void Service_WithoutWhatItNeeds_IsRefused(string lines, string message)
    {
        var world = new XinetdWorld();

        Assert.Empty(world.Read($"service ftp\n{{\n{lines}\n}}\n"));

        Assert.Equal(["1: ftp: " + message], world.Errors);
    }

    [Theory]
    [InlineData("socket_type = stream", true, "/proc/self/exe|trasgo|inetd-internal|daytime")]
    [InlineData("socket_type = dgram", true, "/proc/self/exe|trasgo|inetd-internal|daytime")]
    [InlineData("socket_type = stream\ninstances = 5", false, "/proc/self/exe|trasgo|inetd-internal|daytime")]
    [InlineData("socket_type = dgram\nonly_from = 10.0.0.0", true, "/proc/self/exe|trasgo|inetd-internal|--only-from=10.0.0.0/8|daytime")]
    [InlineData("socket_type = stream\naccess_times = 0:00-24:00", false, "/proc/self/exe|trasgo|inetd-front|--service=daytime|--access-times=0:00-24:00|--|/proc/self/exe|trasgo|inetd-internal|daytime")]
    public void InternalService_OfAnEntry_IsOurs(string lines, bool wait, string expected)
    {
        var world = new XinetdWorld();

        var service = Assert.Single(world.Read($"service daytime\n{{\ntype = INTERNAL UNLISTED\nport = 13\nwait = {(lines.Contains("dgram", StringComparison.Ordinal) ? "yes" : "no")}\n{lines}\n}}\n"));

        Assert.Empty(world.Messages);
        Assert.Equal(wait, service.Wait);
        Assert.Equal(expected, $"{service.Program}|{string.Join('|', service.Arguments)}");
        Assert.Equal(("65534", "65534"), (service.User, service.Group));
    }

    [Fact]
    public void Wrappers_WithRules_AreMissed()
    {
        var world = new XinetdWorld();
        world.Files.Write("/etc/hosts.deny", "# all\nALL: ALL\n");
        world.Files.Write("/etc/hosts.allow", "# nothing\n");

        Assert.Single(world.Read(XinetdWorld.Entry("")));

        Assert.StartsWith("0: TCP wrappers are not built in", Assert.Single(world.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void InetdLine_OfAServiceThatXinetdHas_IsHidden()
    {
        var world = new InetdWorld();
        world.Files.Write(InetdGenerator.ConfigurationFile, "ftp stream tcp4 nowait root /b\n25 stream tcp4 nowait root /b\n");
        var sink = new UnitFiles.Syntax.DiagnosticList();
        var host = new HostTables(ServiceNames.Parse(InetdWorld.Services), HostNames.Parse(""), HasIPv6: true);

        var services = new InetdGenerator(world.Files, host, new GeneratorSettings(), sink) { Hidden = new HashSet<string> { "ftp" } }.Read();

        Assert.Equal("inetd-25-tcp4", Assert.Single(services).Name);
        Assert.Equal("/etc/inetd.conf:1: ftp is left to /etc/xinetd.conf.", Assert.Single(sink.Items).ToString());
    }

    /// <summary>xinetd gives servers the groups of their users only where it is told to.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData("groups = no", false)]
    [InlineData("groups = yes", true)]
    [InlineData("user = root", true)]
    public void Groups_OfTheUser_AreTheServersWhereTheEntrySaysSo(string lines, bool expected)
    {
        var service = XinetdWorld.One(lines);

        Assert.Equal(expected, service.InitGroups);
        Assert.Equal(expected, new ReadService(service).Service.Exec.InitGroups);
    }
}
