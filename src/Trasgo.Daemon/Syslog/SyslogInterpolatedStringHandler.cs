using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Trasgo.Daemon;

/// <summary>
/// Formats the interpolated string of <see cref="SyslogClient.Log(SyslogLevel, ref SyslogInterpolatedStringHandler)"/> as UTF-8, without a string in
/// between and not at all if the level is not enabled. The compiler uses it; programs have no reason to. Formatting is that of the invariant culture.
/// </summary>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct SyslogInterpolatedStringHandler
{
    private readonly int _error;
    private byte[]? _bytes;
    private int _length;

    /// <summary>Begins a message.</summary>
    /// <param name="literalLength">The length of the parts outside of braces, in UTF-16 units.</param>
    /// <param name="formattedCount">How many braces there are.</param>
    /// <param name="client">The client that the message is for.</param>
    /// <param name="level">The level of the message.</param>
    /// <param name="enabled">Whether the message will be sent, and so must be formatted.</param>
    public SyslogInterpolatedStringHandler(int literalLength, int formattedCount, SyslogClient client, SyslogLevel level, out bool enabled)
    {
        ArgumentNullException.ThrowIfNull(client);
        _error = Marshal.GetLastPInvokeError();
        enabled = client.IsEnabled(level);
        if (enabled)
        {
            _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(256, literalLength + (formattedCount * 16)));
        }
    }

    internal readonly ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Appends a part that stands in the source; <c>%m</c> in it becomes the text of the last error.</summary>
    /// <param name="value">The part.</param>
    public void AppendLiteral(string value)
    {
        ReadOnlySpan<char> rest = value;
        for (int at = rest.IndexOf("%m"); at >= 0; at = rest.IndexOf("%m"))
        {
            if (at > 0 && rest[at - 1] == '%')
            {
                AppendText(rest[..(at - 1)]);
                AppendText("%m");
            }
            else
            {
                AppendText(rest[..at]);
                AppendText(Marshal.GetPInvokeErrorMessage(_error));
            }

            rest = rest[(at + 2)..];
        }

        AppendText(rest);
    }

    /// <summary>Appends a value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value; null is nothing.</param>
    /// <param name="alignment">The least number of characters; positive to fill on the left, negative on the right.</param>
    /// <param name="format">The format, as the type of the value understands it.</param>
    public void AppendFormatted<T>(T value, int alignment = 0, string? format = null)
    {
        int start = _length;
        if (value is IUtf8SpanFormattable)
        {
            int written;
            while (!((IUtf8SpanFormattable)value).TryFormat(_bytes.AsSpan(_length), out written, format, CultureInfo.InvariantCulture))
            {
                Grow(_bytes!.Length);
            }

            _length += written;
        }
        else if (value is IFormattable)
        {
            AppendText(((IFormattable)value).ToString(format, CultureInfo.InvariantCulture));
        }
        else
        {
            AppendText(value?.ToString());
        }

        Align(start, alignment);
    }

    /// <summary>Appends text.</summary>
    /// <param name="value">The text.</param>
    public void AppendFormatted(ReadOnlySpan<char> value) => AppendText(value);

    /// <summary>Appends text.</summary>
    /// <param name="value">The text; null is nothing.</param>
    public void AppendFormatted(string? value) => AppendText(value);

    /// <summary>Appends text that is UTF-8 already.</summary>
    /// <param name="utf8Value">The text; what is not valid becomes U+FFFD.</param>
    public void AppendFormatted(ReadOnlySpan<byte> utf8Value) => AppendText(Encoding.UTF8.GetString(utf8Value));

    internal void Release()
    {
        if (_bytes is { } bytes)
        {
            _bytes = null;
            _length = 0;
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void AppendText(ReadOnlySpan<char> text)
    {
        Grow(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
    }

    private void Align(int start, int alignment)
    {
        if (alignment == 0)
        {
            return;
        }

        int missing = Math.Abs(alignment) - Encoding.UTF8.GetCharCount(_bytes!, start, _length - start);
        if (missing <= 0)
        {
            return;
        }

        Grow(missing);
        var text = _bytes.AsSpan(start, _length - start);
        if (alignment > 0)
        {
            text.CopyTo(_bytes.AsSpan(start + missing));
            _bytes.AsSpan(start, missing).Fill((byte)' ');
        }
        else
        {
            _bytes.AsSpan(_length, missing).Fill((byte)' ');
        }

        _length += missing;
    }

    private void Grow(int count)
    {
        if (_bytes!.Length - _length >= count)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, _bytes.Length * 2));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
