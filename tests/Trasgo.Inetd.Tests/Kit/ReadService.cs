using System.Text;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.Inetd.Tests;

/// <summary>The units of a service read back by the parsers that the manager uses: what the text means, whatever it looks like.</summary>
internal sealed class ReadService
{
    public ReadService(SuperService service)
    {
        var units = SuperServiceUnits.Write(service, "inetd.conf(5)");
        Socket = Read(units[0], SocketDirectives.Table, static unit => new SocketConfig(unit));
        Service = Read(units[1], ServiceDirectives.Table, static unit => new ServiceConfig(unit));
    }

    public SocketConfig Socket { get; }

    public ServiceConfig Service { get; }

    public List<string> Complaints { get; } = [];

    /// <summary>Settings that no directive is called by.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>"Type.Section.Key" of each assignment of both, in order.</summary>
    public List<string> Keys { get; } = [];

    private T Read<T>(GeneratedUnit unit, DirectiveTable<T> table, Func<UnitConfig, T> make)
        where T : class
    {
        Assert.True(UnitName.IsValid(unit.Name), unit.Name);
        var name = UnitName.Parse(unit.Name);
        name = name.IsTemplate ? name.WithInstance("0")! : name;
        var sink = new DiagnosticList();
        var context = new ParseContext(name, new SpecifierContext(name, new FixedHost()), sink);
        var unitConfig = new UnitConfig(name.Type);
        var config = make(unitConfig);
        foreach (var assignment in UnitFileParser.Parse(Encoding.UTF8.GetBytes(unit.Text), unit.Name, sink))
        {
            Keys.Add($"{name.Type}.{assignment.Section}.{assignment.Key}");
            if (!table.Apply(config, assignment, context) && !UnitDirectives.Table.Apply(unitConfig, assignment, context))
            {
                Unknown.Add(assignment.Key);
            }
        }

        Complaints.AddRange(sink.Items.Select(static item => item.ToString()));
        return config;
    }
}
