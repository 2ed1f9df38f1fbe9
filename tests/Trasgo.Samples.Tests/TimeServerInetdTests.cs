using System.Net;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;
using Trasgo.Tests.Shared;

namespace Trasgo.Samples.Tests;

/// <summary>Under Debian's superservers, with the files that come with the sample; only the port, the user and the program's place are the test's.</summary>
public sealed class TimeServerInetdTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePorts.Next();
    private Peer? _server;

    [SkippableTheory]
    [InlineData("nowait")]
    [InlineData("wait")]
    public void Inetd_WithTheLineOfTheSample_StartsOneForEachClientOfBothProtocols(string how)
    {
        Skip.If(Peer.Find("inetd") is null, "openbsd-inetd is not there");
        string text = Shipped("inetd.conf");
        Assert.Contains("\ndaytime stream tcp nowait ", text);
        File.WriteAllText(_folder["inetd.conf"], text.Replace("daytime", _port.ToString()).Replace("nowait", how));
        _server = Peer.Start(Peer.Find("inetd")!, "-i", _folder["inetd.conf"]);

        int[] tellers =
        [
            .. from address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Loopback }
               select TimeClient.Teller(Assert.Single(TimeClient.Lines(_port, address))),
        ];
        Assert.Distinct(tellers);
    }

    [SkippableFact]
    public void Xinetd_WithTheFileOfTheSample_StartsOneForEachClient()
    {
        Skip.If(Peer.Find("xinetd") is null, "xinetd is not there");
        string service = Shipped("timeserver.xinetd");
        Assert.Contains("service daytime\n{\n", service);
        File.WriteAllText(_folder["conf"], service.Replace("{\n", $"{{\n    type = UNLISTED\n    port = {_port}\n    bind = 127.0.0.1\n"));
        _server = Peer.Start(Peer.Find("xinetd")!, "-dontfork", "-f", _folder["conf"], "-filelog", _folder["log"], "-pidfile", _folder["pid"]);

        Assert.NotEqual(TimeClient.Teller(Assert.Single(TimeClient.Lines(_port))), TimeClient.Teller(Assert.Single(TimeClient.Lines(_port))));
    }

    public void Dispose()
    {
        _server?.Dispose();
        _folder.Dispose();
    }

    private static string Shipped(string name)
    {
        string text = File.ReadAllText(Path.Combine(Sample.Sources, "Trasgo.Samples.TimeServer/units", name));
        Assert.Contains("/usr/local/bin/timeserver", text);
        return text.Replace("/usr/local/bin/timeserver", Sample.Path("timeserver")).Replace("nobody", Environment.UserName);
    }
}
