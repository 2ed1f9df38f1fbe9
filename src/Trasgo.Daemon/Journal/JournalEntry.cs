using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Trasgo.Daemon;

/// <summary>
/// One entry of the journal: fields with values, in the form of its native protocol. An entry can be cleared and filled again, and then allocates
/// nothing. It belongs to one thread at a time.
/// </summary>
public sealed class JournalEntry
{
    /// <summary>The longest name of a field, in characters (sd_journal_send(3), systemd.journal-fields(7)).</summary>
    public const int MaxNameLength = 64;

    /// <summary>The journal drops entries with more fields than these.</summary>
    public const int MaxFields = 1024;

    private const int Kept = 16 * 1024;

    private readonly ByteBuffer _bytes = new(512);

    /// <summary>An entry without fields.</summary>
    public JournalEntry()
    {
    }

    /// <summary>An entry with PRIORITY= and MESSAGE=, the fields that every reader shows.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="message">The text; it may have several lines.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not a level.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public JournalEntry(SyslogLevel level, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Add("PRIORITY", SyslogPriority.Check(level));
        Add("MESSAGE", message);
    }

    /// <summary>The number of fields.</summary>
    public int Count { get; private set; }

    internal ReadOnlySpan<byte> Bytes => _bytes.Written;

    /// <summary>
    /// Whether a field may have this name: 1 to 64 of A-Z, 0-9 and _, the first no digit; and no _ there either, since
    /// the journal keeps these names for what it knows itself (systemd.journal-fields(7)), and drops them when a program sends them.
    /// </summary>
    /// <param name="name">The name in question.</param>
    /// <returns>True if the journal takes it.</returns>
    public static bool IsValidName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxNameLength || !char.IsAsciiLetterUpper(name[0]))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds a field. One name may be there several times, each with a value.</summary>
    /// <param name="name">The name, see <see cref="IsValidName"/>.</param>
    /// <param name="value">The text, of any length, sent as UTF-8; half a surrogate pair becomes U+FFFD. Line breaks and NULs are kept.</param>
    /// <returns>The same entry.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not valid.</exception>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxFields"/> fields already.</exception>
    public JournalEntry Add(string name, ReadOnlySpan<char> value)
    {
        CheckName(name);
        if (value.Contains('\n'))
        {
            int length = BeginBinary(name);
            _bytes.AppendText(value);
            EndBinary(length);
        }
        else
        {
            BeginText(name);
            _bytes.AppendText(value);
            _bytes.Append((byte)'\n');
        }

        return this;
    }

    /// <inheritdoc cref="Add(string, ReadOnlySpan{char})"/>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public JournalEntry Add(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(name, value.AsSpan());
    }

    /// <summary>Adds a field whose value is bytes of any kind.</summary>
    /// <param name="name">The name, see <see cref="IsValidName"/>.</param>
    /// <param name="value">The bytes, sent as they are.</param>
    /// <returns>The same entry.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not valid.</exception>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxFields"/> fields already.</exception>
    public JournalEntry Add(string name, ReadOnlySpan<byte> value)
    {
        CheckName(name);
        if (value.Contains((byte)'\n'))
        {
            int length = BeginBinary(name);
            _bytes.Append(value);
            EndBinary(length);
        }
        else
        {
            BeginText(name);
            _bytes.Append(value);
            _bytes.Append((byte)'\n');
        }

        return this;
    }

    /// <summary>Adds a field whose value is a number, written in the invariant culture.</summary>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <param name="name">The name, see <see cref="IsValidName"/>.</param>
    /// <param name="value">The number.</param>
    /// <returns>The same entry.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not valid.</exception>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxFields"/> fields already.</exception>
    public JournalEntry Add<T>(string name, T value)
        where T : INumberBase<T>, IUtf8SpanFormattable
    {
        CheckName(name);
        BeginText(name);
        int written, room = 32;
        while (!((IUtf8SpanFormattable)value).TryFormat(_bytes.Reserve(room), out written, default, CultureInfo.InvariantCulture))
        {
            room *= 2;
        }

        _bytes.Length += written;
        _bytes.Append((byte)'\n');
        return this;
    }

    /// <summary>Takes all fields away. Memory of more than 16 KiB that one large entry needed is given back.</summary>
    public void Clear()
    {
        _bytes.Clear(Kept);
        Count = 0;
    }

    private void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!IsValidName(name))
        {
            throw new ArgumentException($"'{name}' is not the name of a field: 1 to {MaxNameLength} of A-Z, 0-9 and _, a letter first", nameof(name));
        }

        if (Count == MaxFields)
        {
            throw new InvalidOperationException($"an entry has at most {MaxFields} fields");
        }

        Count++;
    }

    private void BeginText(string name)
    {
        _bytes.AppendText(name);
        _bytes.Append((byte)'=');
    }

    /// <summary>The form of values with line breaks: the name, a line break, the length as 64 bits in little endian, the value, a line break.</summary>
    private int BeginBinary(string name)
    {
        _bytes.AppendText(name);
        _bytes.Append((byte)'\n');
        int length = _bytes.Length;
        _bytes.Reserve(sizeof(ulong));
        _bytes.Length += sizeof(ulong);
        return length;
    }

    private void EndBinary(int length)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.Writable[length..], (ulong)(_bytes.Length - length - sizeof(ulong)));
        _bytes.Append((byte)'\n');
    }
}
