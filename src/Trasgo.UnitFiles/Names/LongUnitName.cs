using System.Buffers.Binary;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Names;

/// <summary>
/// Units of paths whose escaped form exceeds the limit keep their head and end in a hash of the whole, with systemd's own
/// key, so that both managers give a mount the same name.
/// </summary>
internal static class LongUnitName
{
    private const int HashDigits = 16;

    public static string Shorten(string text, UnitType type)
    {
        var suffix = type.Suffix();
        // The terminating NUL is hashed too.
        Span<byte> hash = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(
            hash,
            SipHash24.Compute(ByteText.Encode(text + "\0"), 0x324a3258fb37f2ec, 0x9aeb210d9b069f84));
        var head = UnitName.MaxLength - suffix.Length - HashDigits - 1;
        return $"{text[..head]}_{Convert.ToHexString(hash).ToLowerInvariant()}{suffix}";
    }

    public static bool IsShortened(UnitName name)
    {
        if (!name.IsPlain || name.Prefix.Length < HashDigits + 1 || name.Prefix[^(HashDigits + 1)] != '_')
        {
            return false;
        }

        return !name.Prefix.AsSpan(name.Prefix.Length - HashDigits).ContainsAnyExcept("0123456789abcdef");
    }
}
