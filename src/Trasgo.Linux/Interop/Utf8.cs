using System.Text;

namespace Trasgo.Linux;

/// <summary>
/// Text for the kernel: UTF-8, but for the bytes that unit files name with escapes such as "\xff" and that are no UTF-8.
/// Those come as the lone surrogates U+DC80 to U+DCFF and leave as the bytes they stand for.
/// </summary>
internal static class Utf8
{
    public static byte[] Terminated(string text)
    {
        var bytes = Encode(text);
        Array.Resize(ref bytes, bytes.Length + 1);
        return bytes;
    }

    public static byte[] Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uDC80', '\uDCFF'))
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
            else if (text[i] is >= '\uDC80' and <= '\uDCFF')
            {
                bytes.Add((byte)text[i]);
            }
            else
            {
                bytes.AddRange("\uFFFD"u8);
            }
        }

        return [.. bytes];
    }

    /// <summary>The inverse: what is no UTF-8 becomes the surrogates by which <see cref="Encode"/> gives the same bytes again.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        Span<char> buffer = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == System.Buffers.OperationStatus.Done)
            {
                text.Append(buffer[..rune.EncodeToUtf16(buffer)]);
            }
            else
            {
                consumed = 1;
                text.Append((char)(0xDC00 + bytes[0]));
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }
}
