using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// <c>systemctl show</c>: properties as NAME=VALUE lines. Most are printed by their type; those whose meaning the type does
/// not tell have a row of their own, by name, in <see cref="SpecialProperties"/>.
/// </summary>
internal sealed class PropertyPrinter(SystemctlOptions options, CommandOutput output)
{
    internal SystemctlOptions Options => options;

    /// <summary>Prints those of the properties, an a{sv}, that the options ask for.</summary>
    internal void PrintAll(BusValue properties)
    {
        foreach (var property in properties.Items)
        {
            var name = property[0].Text;
            if (!IsWanted(name, out var expected))
            {
                continue;
            }

            var value = property[1][0];
            if (!SpecialProperties.TryPrint(this, name, expected, value)
                && !GenericProperties.TryPrint(this, name, expected, value)
                && options.ShowEmpty && expected is null)
            {
                output.WriteLine($"{name}=[unprintable]");
            }
        }
    }

    /// <summary>One line; nothing where the value is empty and empty ones are not shown, or is not the one asked for.</summary>
    internal void Print(string name, string? expected, string? value)
    {
        if ((expected is not null && expected != value) || (string.IsNullOrEmpty(value) && !options.ShowEmpty))
        {
            return;
        }

        output.WriteLine(options.OnlyValue ? value ?? "" : $"{name}={value}");
    }

    /// <summary>One line without a comparison: for values that are lists.</summary>
    internal void PrintList(string name, string value, bool isEmpty)
    {
        if (!isEmpty || options.ShowEmpty)
        {
            output.WriteLine(options.OnlyValue ? value : $"{name}={value}");
        }
    }

    internal string Timestamp(ulong value) => TimestampText.Format(value, options.Timestamp) ?? "";

    // -p Name, or -p Name=Value for only those that have that value.
    private bool IsWanted(string name, out string? expected)
    {
        expected = null;
        if (options.Properties is not { } properties || properties.Contains(name))
        {
            return true;
        }

        foreach (var property in properties)
        {
            if (property.Length > name.Length && property[name.Length] == '=' && property.StartsWith(name, StringComparison.Ordinal))
            {
                expected = property[(name.Length + 1)..];
                return true;
            }
        }

        return false;
    }
}
