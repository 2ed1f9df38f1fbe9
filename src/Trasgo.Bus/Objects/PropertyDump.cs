using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>Properties as dictionary entries of name and variant.</summary>
internal static class PropertyDump
{
    public static void Entry(MessageWriter writer, BusProperty property, object target)
    {
        writer.BeginDictEntry();
        writer.String(property.Name);
        Value(writer, property, target);
        writer.EndDictEntry();
    }

    public static void Value(MessageWriter writer, BusProperty property, object target)
    {
        writer.BeginVariant(property.Signature);
        property.Get(target, writer);
        writer.EndVariant();
    }

    /// <summary>All that a generic dump shows of one interface.</summary>
    public static void All(MessageWriter writer, BusInterface table, object target)
    {
        foreach (var member in table.Members)
        {
            if (member is BusProperty property && (property.Flags & (MemberFlags.Hidden | MemberFlags.Explicit)) == 0)
            {
                Entry(writer, property, target);
            }
        }
    }
}
