using System.Text.RegularExpressions;
using Trasgo.Bus.Objects;
using Trasgo.Manager.Bus;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager.Tests.Bus;

/// <summary>
/// Our descriptions against those of systemd 252 on Debian 12: every method, property, signature, argument name, order and
/// annotation. Clients rely on all of them.
/// </summary>
public sealed class IntrospectionTests
{
    public static TheoryData<string> Objects => [.. s_objects.Keys];

    private static readonly Dictionary<string, BusInterface[]> s_objects = new(StringComparer.Ordinal)
    {
        ["manager"] = [ManagerInterface.Table],
        ["logcontrol"] = [LogControlInterface.Table],
        ["job"] = [JobInterface.Table],
        ["service"] = Unit(UnitType.Service),
        ["socket"] = Unit(UnitType.Socket),
        ["mount"] = Unit(UnitType.Mount),
        ["automount"] = Unit(UnitType.Automount),
        ["swap"] = Unit(UnitType.Swap),
        ["timer"] = Unit(UnitType.Timer),
        ["path"] = Unit(UnitType.Path),
        ["slice"] = Unit(UnitType.Slice),
        ["scope"] = Unit(UnitType.Scope),
        ["target"] = Unit(UnitType.Target),
        ["device"] = Unit(UnitType.Device),
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Describe_EveryObject_IsSystemds(string name)
    {
        var expected = Rows(Oracle(name));
        var actual = Rows(Introspection.Describe(s_objects[name], []));
        string[] differences =
        [
            .. expected.Except(actual, StringComparer.Ordinal).Select(static row => "missing: " + row),
            .. actual.Except(expected, StringComparer.Ordinal).Select(static row => "too much: " + row),
        ];
        Assert.True(differences.Length == 0, string.Join('\n', differences));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, actual);
    }

    private static BusInterface[] Unit(UnitType type) => [TypeInterfaces.Of(type), TypeInterfaces.Unit];

    private static string Oracle(string name)
    {
        using var stream = typeof(IntrospectionTests).Assembly.GetManifestResourceStream(name + ".xml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>One row a member, with its interface in front and all that belongs to it behind.</summary>
    private static string[] Rows(string xml)
    {
        var rows = new List<string>();
        var inInterface = "";
        foreach (var line in xml.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var text = line.Trim();
            if (text.StartsWith("<interface", StringComparison.Ordinal))
            {
                inInterface = text.Split('"')[1];
            }
            else if (inInterface.StartsWith("org.freedesktop.DBus", StringComparison.Ordinal))
            {
                continue;
            }
            else if (Regex.IsMatch(text, "^<(method|property|signal) "))
            {
                rows.Add(inInterface + " " + text);
            }
            else if (text.StartsWith("<arg", StringComparison.Ordinal) || text.StartsWith("<annotation", StringComparison.Ordinal))
            {
                rows[^1] += text;
            }
        }

        return [.. rows];
    }
}
