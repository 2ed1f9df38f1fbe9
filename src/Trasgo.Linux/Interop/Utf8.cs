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
        var bytes = new byte[Length(text) + 1];
        Encode(text, bytes);
        return bytes;
    }

    public static byte[] Encode(string text)
    {
        var bytes = new byte[Length(text)];
        Encode(text, bytes);
        return bytes;
    }

    /// <summary>How many bytes it is.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        if (HasNoBytes(text))
        {
            return Encoding.UTF8.GetByteCount(text);
        }

        var length = 0;
        Span<byte> buffer = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            length += EncodeFirst(ref text, buffer);
        }

        return length;
    }

    /// <summary>Into memory that has room for it.</summary>
    public static void Encode(ReadOnlySpan<char> text, Span<byte> into)
    {
        if (HasNoBytes(text))
        {
            Encoding.UTF8.GetBytes(text, into);
            return;
        }

        while (!text.IsEmpty)
        {
            into = into[EncodeFirst(ref text, into)..];
        }
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

    private static bool HasNoBytes(ReadOnlySpan<char> text) => !text.ContainsAnyInRange('\uDC80', '\uDCFF');

    /// <summary>Takes the first character from the text.</summary>
    private static int EncodeFirst(scoped ref ReadOnlySpan<char> text, scoped Span<byte> into)
    {
        if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            text = text[consumed..];
            return rune.EncodeToUtf8(into);
        }

        var alone = text[0];
        text = text[1..];
        if (alone is >= '\uDC80' and <= '\uDCFF')
        {
            into[0] = (byte)alone;
            return 1;
        }

        "\uFFFD"u8.CopyTo(into);
        return 3;
    }
}
