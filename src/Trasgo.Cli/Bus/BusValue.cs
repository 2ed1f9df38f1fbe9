using Trasgo.Bus.Wire;

namespace Trasgo.Cli.Bus;

/// <summary>
/// A D-Bus value with its type: what a client that prints whatever it is sent needs. A reader that fails leaves empty values
/// behind; callers ask the reader once, at the end.
/// </summary>
internal sealed class BusValue(string signature, object content)
{
    private static readonly BusValue[] s_nothing = [];

    internal string Signature => signature;

    internal char Type => signature.Length > 0 ? signature[0] : '\0';

    internal string Text => content as string ?? "";

    internal bool Flag => content is true;

    /// <summary>Any unsigned number, and signed ones that are not negative.</summary>
    internal ulong Unsigned => content switch
    {
        ulong value => value,
        long value and >= 0 => (ulong)value,
        _ => 0,
    };

    internal long Signed => content switch
    {
        long value => value,
        ulong value => unchecked((long)value),
        _ => 0,
    };

    internal double Real => content is double value ? value : 0;

    /// <summary>The elements of an array, the fields of a structure or dictionary entry, the one value in a variant.</summary>
    internal BusValue[] Items => content as BusValue[] ?? s_nothing;

    internal byte[] Bytes => content as byte[] ?? [];

    internal string[] Texts => Array.ConvertAll(Items, static item => item.Text);

    internal BusValue this[int index] => index < Items.Length ? Items[index] : new BusValue("", "");

    internal static BusValue Read(MessageReader reader, string signature)
    {
        object content = signature[0] switch
        {
            'y' => (ulong)reader.Byte(),
            'b' => reader.Boolean(),
            'n' => (long)reader.Int16(),
            'q' => (ulong)reader.UInt16(),
            'i' => (long)reader.Int32(),
            'u' => (ulong)reader.UInt32(),
            'x' => reader.Int64(),
            't' => reader.UInt64(),
            'd' => reader.Double(),
            's' => reader.String(),
            'o' => reader.ObjectPath(),
            'g' => reader.TypeSignature(),
            'h' => reader.Descriptor() is { } descriptor ? Discard(descriptor) : "",
            'a' when signature == "ay" => reader.ByteArray(),
            'a' => ReadArray(reader, signature[1..]),
            '(' => ReadStruct(reader, signature[1..^1]),
            '{' => ReadEntry(reader, signature[1..^1]),
            'v' => ReadVariant(reader),
            _ => "",
        };
        return new BusValue(signature, content);
    }

    private static string Discard(Trasgo.Linux.Descriptor descriptor)
    {
        descriptor.Dispose();
        return "";
    }

    private static BusValue[] ReadArray(MessageReader reader, string element)
    {
        var items = new List<BusValue>();
        if (reader.EnterArray(element))
        {
            while (reader.More())
            {
                items.Add(Read(reader, element));
            }

            reader.LeaveArray();
        }

        return [.. items];
    }

    private static BusValue[] ReadStruct(MessageReader reader, string fields)
    {
        if (!reader.EnterStruct())
        {
            return s_nothing;
        }

        var items = ReadFields(reader, fields);
        reader.LeaveStruct();
        return items;
    }

    private static BusValue[] ReadEntry(MessageReader reader, string fields)
    {
        if (!reader.EnterDictEntry())
        {
            return s_nothing;
        }

        var items = ReadFields(reader, fields);
        reader.LeaveDictEntry();
        return items;
    }

    private static BusValue[] ReadVariant(MessageReader reader)
    {
        if (reader.EnterVariant() is not { Length: > 0 } signature)
        {
            return s_nothing;
        }

        BusValue[] items = [Read(reader, signature)];
        reader.LeaveVariant();
        return items;
    }

    internal static BusValue[] ReadFields(MessageReader reader, string signature)
    {
        var items = new List<BusValue>();
        while (signature.Length > 0)
        {
            var length = BusSignature.ElementLength(signature);
            if (length <= 0)
            {
                break;
            }

            items.Add(Read(reader, signature[..length]));
            signature = signature[length..];
        }

        return [.. items];
    }
}
