using System.Text;

namespace Trasgo.Daemon;

/// <summary>Bytes that are put together and used again: it grows once to the size that is needed, and then allocates no more.</summary>
internal sealed class ByteBuffer(int capacity)
{
    private byte[] _bytes = new byte[capacity];
    private int _length;

    public int Length
    {
        get => _length;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (value > _bytes.Length)
            {
                Grow(value - _length);
            }

            _length = value;
        }
    }

    public int Capacity => _bytes.Length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public Span<byte> Writable => _bytes.AsSpan(0, _length);

    public void Append(byte value)
    {
        if (_length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[_length++] = value;
    }

    public void Append(scoped ReadOnlySpan<byte> values)
    {
        values.CopyTo(Reserve(values.Length));
        _length += values.Length;
    }

    /// <summary>Text as UTF-8; half a surrogate pair becomes U+FFFD.</summary>
    public void AppendText(scoped ReadOnlySpan<char> text)
    {
        // Three bytes a UTF-16 unit are the most: so the text is not looked at twice.
        _length += Encoding.UTF8.GetBytes(text, Reserve(checked(text.Length * 3)));
    }

    public void AppendNumber(long value)
    {
        value.TryFormat(Reserve(20), out int written, default, System.Globalization.CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>A number with leading zeros or blanks up to a width of at most nine.</summary>
    public void AppendNumber(int value, int width, byte filler = (byte)'0')
    {
        var digits = Reserve(width)[..width];
        for (int i = width - 1; i >= 0; i--)
        {
            digits[i] = value == 0 && i < width - 1 ? filler : (byte)('0' + (value % 10));
            value /= 10;
        }

        _length += width;
    }

    /// <summary>Room for at least so many bytes after the end; the caller then sets <see cref="Length"/>.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(_length);
    }

    /// <summary>Forgets the content, and a buffer that one unusual message made large.</summary>
    public void Clear(int keep)
    {
        _length = 0;
        if (_bytes.Length > keep)
        {
            _bytes = new byte[keep];
        }
    }

    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(checked(_length + count), (int)Math.Min(Array.MaxLength, (long)_bytes.Length * 2)));
}
