using Trasgo.Engine.Tests.Units;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd.Tests;

/// <summary>A host and what its xinetd.conf becomes.</summary>
internal sealed class XinetdWorld
{
    private readonly DiagnosticList _sink = new();

    public bool HasIPv6 { get; init; } = true;

    public MemoryFiles Files { get; } = new();

    public HashSet<string> Configured { get; private set; } = [];

    /// <summary>"line: message" of each.</summary>
    public string[] Messages => [.. _sink.Items.Select(static item => $"{item.Line}: {item.Message}")];

    public string[] Errors => [.. _sink.Items.Where(static item => item.Severity == Severity.Error).Select(static item => $"{item.Line}: {item.Message}")];

    public List<SuperService> Read(string conf)
    {
        Files.Write(XinetdGenerator.ConfigurationFile, conf);
        var host = new HostTables(ServiceNames.Parse(InetdWorld.Services), HostNames.Parse(InetdWorld.Hosts), HasIPv6);
        var result = new XinetdGenerator(Files, host, new GeneratorSettings(), _sink).Read();
        Configured = result.Configured;
        return result.Services;
    }

    /// <summary>A stream service on port 7000 with some more lines; what it repeats counts first.</summary>
    public static string Entry(string lines, string name = "some") =>
        $"service {name}\n{{\n{lines}\ntype = UNLISTED\nport = 7000\nsocket_type = stream\nwait = no\nuser = nobody\nserver = /bin/cat\n}}\n";

    public static SuperService One(string lines, string before = "") => Assert.Single(new XinetdWorld().Read(before + Entry(lines)));
}
