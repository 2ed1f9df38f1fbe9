using Trasgo.Engine.Tests.Units;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd.Tests;

/// <summary>A host with two service names and two host names, and what its inetd.conf becomes.</summary>
internal sealed class InetdWorld
{
    public const string Services = "ftp 21/tcp\nsmtp\t25/tcp mail # alias\ntftp 69/udp\n3com-tsmux 106/tcp\ndaytime 13/tcp\n";
    public const string Hosts = "127.0.0.1 localhost\n::1 localhost ip6-localhost\n192.0.2.7 host.example.org host\n";

    private readonly DiagnosticList _sink = new();

    public bool HasIPv6 { get; init; } = true;

    public GeneratorSettings Settings { get; init; } = new();

    public MemoryFiles Files { get; } = new();

    /// <summary>"line: message" of each.</summary>
    public string[] Messages => [.. _sink.Items.Select(static item => $"{item.Line}: {item.Message}")];

    public Severity[] Severities => [.. _sink.Items.Select(static item => item.Severity)];

    public List<SuperService> Read(string conf)
    {
        Files.Write(InetdGenerator.ConfigurationFile, conf);
        return Read();
    }

    public List<SuperService> Read()
    {
        var host = new HostTables(ServiceNames.Parse(Services), HostNames.Parse(Hosts), HasIPv6);
        return new InetdGenerator(Files, host, Settings, _sink).Read();
    }

    /// <summary>The only service of a line that is not of the kind that makes two.</summary>
    public static SuperService One(string line)
    {
        var world = new InetdWorld();
        var service = Assert.Single(world.Read(line + "\n"));
        return service;
    }
}
