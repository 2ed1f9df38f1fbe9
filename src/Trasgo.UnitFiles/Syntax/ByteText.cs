using System.Text;

namespace Trasgo.UnitFiles.Syntax;

/// <summary>
/// Bytes as strings without loss. An escape such as "\xff" puts a byte into an argument that is not UTF-8; it is held as
/// the lone surrogate U+DC00 + byte, as Python's surrogateescape does, and turned back when the string leaves for the
/// kernel. Everything that becomes an argument, an environment entry or a path is encoded here.
/// </summary>
internal static class ByteText
{
    private const int Base = 0xDC00;

    public static byte[] Encode(string text)
    {
        if (!HasRawBytes(text))
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var bytes = new List<byte>(text.Length * 2);
        Span<byte> buffer = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                bytes.AddRange(buffer[..rune.EncodeToUtf8(buffer)]);
                i += rune.Utf16SequenceLength - 1;
            }
            else if (IsRawByte(text[i]))
            {
                bytes.Add((byte)(text[i] - Base));
            }
            else
            {
                bytes.AddRange("\uFFFD"u8);
            }
        }

        return [.. bytes];
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var result = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == System.Buffers.OperationStatus.Done)
            {
                result.Append(rune.ToString());
                bytes = bytes[consumed..];
            }
            else
            {
                result.Append((char)(Base + bytes[0]));
                bytes = bytes[1..];
            }
        }

        return result.ToString();
    }

    /// <summary>Whether the text holds bytes that are not UTF-8.</summary>
    public static bool HasRawBytes(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Raw bytes side by side that together are UTF-8 become the characters they spell.</summary>
    public static string Normalize(string text) => HasRawBytes(text) ? Decode(Encode(text)) : text;

    public static char RawByte(byte value) => (char)(Base + value);

    private static bool IsRawByte(char c) => c is >= (char)(Base + 0x80) and <= (char)(Base + 0xFF);
}
