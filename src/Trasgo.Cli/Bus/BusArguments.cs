using Trasgo.Bus.Wire;

namespace Trasgo.Cli.Bus;

/// <summary>Writes plain values by the types of a signature: what the methods of the manager take.</summary>
internal static class BusArguments
{
    internal static void Write(MessageWriter writer, string signature, object[] arguments)
    {
        foreach (var argument in arguments)
        {
            var length = BusSignature.ElementLength(signature);
            Write(writer, signature[..length], argument);
            signature = signature[length..];
        }
    }

    private static void Write(MessageWriter writer, string type, object value)
    {
        switch (type)
        {
            case "s":
                writer.String((string)value);
                break;
            case "b":
                writer.Boolean((bool)value);
                break;
            case "u":
                writer.UInt32((uint)value);
                break;
            case "i":
                writer.Int32((int)value);
                break;
            case "y":
                writer.Byte((byte)value);
                break;
            case "as":
                writer.StringArray((IEnumerable<string>)value);
                break;
            case "v":
                var (inner, content) = ((string, object))value;
                writer.BeginVariant(inner);
                Write(writer, inner, content);
                writer.EndVariant();
                break;
            default:
                throw new ArgumentException($"No arguments of type {type} are written here.", nameof(type));
        }
    }
}
