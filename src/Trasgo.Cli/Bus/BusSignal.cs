namespace Trasgo.Cli.Bus;

/// <summary>A signal that the manager sent.</summary>
internal sealed record BusSignal(string Path, string Interface, string Member, BusValue[] Values)
{
    internal BusValue this[int index] => index < Values.Length ? Values[index] : new BusValue("", "");
}
