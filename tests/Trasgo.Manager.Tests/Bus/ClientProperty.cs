using Trasgo.Bus.Wire;

namespace Trasgo.Manager.Tests.Bus;

/// <summary>A property as clients send it: its name, and a variant.</summary>
internal sealed record ClientProperty(string Name, string Signature, Action<MessageWriter> Write)
{
    public static ClientProperty Of(string name, string value) => new(name, "s", writer => writer.String(value));

    public static ClientProperty Of(string name, bool value) => new(name, "b", writer => writer.Boolean(value));

    public static ClientProperty Of(string name, ulong value) => new(name, "t", writer => writer.UInt64(value));

    public static ClientProperty Of(string name, params string[] values) => new(name, "as", writer => writer.StringArray(values));

    /// <summary>What systemd-run makes of its command line.</summary>
    public static ClientProperty Command(string name, params string[] argv) => new(name, "a(sasb)", writer =>
    {
        writer.BeginArray("(sasb)");
        writer.BeginStruct();
        writer.String(argv[0]);
        writer.StringArray(argv);
        writer.Boolean(false);
        writer.EndStruct();
        writer.EndArray();
    });

    /// <summary>An argument of type <c>a(sv)</c>.</summary>
    public static Action<MessageWriter> List(IEnumerable<ClientProperty> properties) => writer =>
    {
        writer.BeginArray("(sv)");
        foreach (var property in properties)
        {
            writer.BeginStruct();
            writer.String(property.Name);
            writer.BeginVariant(property.Signature);
            property.Write(writer);
            writer.EndVariant();
            writer.EndStruct();
        }

        writer.EndArray();
    };

    /// <summary>An argument of type <c>a(sa(sv))</c>.</summary>
    public static Action<MessageWriter> Units(IEnumerable<(string Name, ClientProperty[] Properties)> units) => writer =>
    {
        writer.BeginArray("(sa(sv))");
        foreach (var (name, properties) in units)
        {
            writer.BeginStruct();
            writer.String(name);
            List(properties)(writer);
            writer.EndStruct();
        }

        writer.EndArray();
    };
}
