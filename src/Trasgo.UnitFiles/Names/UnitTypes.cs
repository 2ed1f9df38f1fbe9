namespace Trasgo.UnitFiles.Names;

internal static class UnitTypes
{
    public const int Count = (int)UnitType.Snapshot + 1;

    /// <summary>The suffix of a unit name without its dot: "service".</summary>
    public static string ToText(this UnitType type) => type switch
    {
        UnitType.Service => "service",
        UnitType.Mount => "mount",
        UnitType.Swap => "swap",
        UnitType.Socket => "socket",
        UnitType.Target => "target",
        UnitType.Device => "device",
        UnitType.Automount => "automount",
        UnitType.Timer => "timer",
        UnitType.Path => "path",
        UnitType.Slice => "slice",
        UnitType.Scope => "scope",
        UnitType.Snapshot => "snapshot",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The suffix of a unit name with its dot: ".service".</summary>
    public static string Suffix(this UnitType type) => "." + type.ToText();

    public static bool TryParse(ReadOnlySpan<char> text, out UnitType type)
    {
        for (type = UnitType.Service; type <= UnitType.Snapshot; type++)
        {
            if (text.SequenceEqual(type.ToText()))
            {
                return true;
            }
        }

        type = default;
        return false;
    }
}
