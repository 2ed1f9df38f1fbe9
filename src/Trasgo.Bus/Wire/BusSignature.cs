namespace Trasgo.Bus.Wire;

/// <summary>Type signatures: validity, splitting into single complete types, alignment.</summary>
internal static class BusSignature
{
    public static bool IsValid(ReadOnlySpan<char> signature)
    {
        if (signature.Length > BusLimits.SignatureBytes)
        {
            return false;
        }

        while (!signature.IsEmpty)
        {
            var length = ElementLength(signature);
            if (length == 0)
            {
                return false;
            }

            signature = signature[length..];
        }

        return true;
    }

    /// <summary>Whether the signature is exactly one complete type, as a variant needs it.</summary>
    public static bool IsSingle(ReadOnlySpan<char> signature) =>
        !signature.IsEmpty && signature.Length <= BusLimits.SignatureBytes && ElementLength(signature) == signature.Length;

    /// <summary>The length of the first complete type, 0 where there is none.</summary>
    public static int ElementLength(ReadOnlySpan<char> signature) => ElementLength(signature, 0, 0, allowEntry: false);

    public static int Alignment(char type) => type switch
    {
        'y' or 'g' or 'v' => 1,
        'n' or 'q' => 2,
        'b' or 'i' or 'u' or 's' or 'o' or 'a' or 'h' => 4,
        _ => 8,
    };

    public static bool IsBasic(char type) => "ybnqiuxtdsogh".Contains(type, StringComparison.Ordinal);

    private static int ElementLength(ReadOnlySpan<char> signature, int arrays, int structs, bool allowEntry)
    {
        if (signature.IsEmpty)
        {
            return 0;
        }

        var type = signature[0];
        if (type == 'v' || IsBasic(type))
        {
            return 1;
        }

        return type switch
        {
            'a' when arrays < BusLimits.ArrayDepth => ArrayLength(signature, arrays, structs),
            '(' when structs < BusLimits.StructDepth => StructLength(signature, arrays, structs),
            '{' when allowEntry && structs < BusLimits.StructDepth => EntryLength(signature, arrays, structs),
            _ => 0,
        };
    }

    private static int ArrayLength(ReadOnlySpan<char> signature, int arrays, int structs)
    {
        var element = ElementLength(signature[1..], arrays + 1, structs, allowEntry: true);
        return element == 0 ? 0 : element + 1;
    }

    private static int StructLength(ReadOnlySpan<char> signature, int arrays, int structs)
    {
        var at = 1;
        while (at < signature.Length && signature[at] != ')')
        {
            var length = ElementLength(signature[at..], arrays, structs + 1, allowEntry: false);
            if (length == 0)
            {
                return 0;
            }

            at += length;
        }

        // An empty struct is not a type: "()" would let an array of them have no size.
        return at < signature.Length && at > 1 ? at + 1 : 0;
    }

    private static int EntryLength(ReadOnlySpan<char> signature, int arrays, int structs)
    {
        if (signature.Length < 4 || !IsBasic(signature[1]))
        {
            return 0;
        }

        var value = ElementLength(signature[2..], arrays, structs + 1, allowEntry: false);
        var end = 2 + value;
        return value != 0 && end < signature.Length && signature[end] == '}' ? end + 1 : 0;
    }
}
