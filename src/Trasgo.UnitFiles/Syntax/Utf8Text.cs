using System.Buffers;
using System.Text;

namespace Trasgo.UnitFiles.Syntax;

/// <summary>UTF-8 as systemd accepts it: the noncharacters of Unicode are refused along with malformed bytes.</summary>
internal static class Utf8Text
{
    public static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Ascii.IsValid(bytes))
        {
            return true;
        }

        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) != OperationStatus.Done || IsNoncharacter(rune.Value))
            {
                return false;
            }

            bytes = bytes[consumed..];
        }

        return true;
    }

    /// <summary>The text for a message, with a replacement character for each byte that is not valid.</summary>
    public static string EscapeInvalid(ReadOnlySpan<byte> bytes)
    {
        const int Shown = 512;
        var result = new StringBuilder();
        bytes = bytes[..Math.Min(bytes.Length, Shown)];
        while (bytes.Length > 0)
        {
            var good = Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == OperationStatus.Done
                && !IsNoncharacter(rune.Value);
            result.Append(good ? rune.ToString() : "\uFFFD");
            bytes = bytes[(good ? consumed : 1)..];
        }

        return result.ToString();
    }

    private static bool IsNoncharacter(int rune) => rune is >= 0xFDD0 and <= 0xFDEF || (rune & 0xFFFE) == 0xFFFE;
}
