using System.Text;

namespace Trasgo.Daemon;

/// <summary>
/// STRUCTURED-DATA of RFC 5424, section 6.3: elements with an ID and parameters. It is encoded once, when it is made, and can then be sent with any
/// number of messages. Filling it is not thread safe, sending it is.
/// </summary>
public sealed class SyslogStructuredData
{
    /// <summary>SD-NAME of RFC 5424, section 6.3.2: 1 to 32 characters.</summary>
    private const int LongestName = 32;

    private readonly ByteBuffer _encoded = new(128);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Whether there is no element: then a message has <c>-</c> in this place.</summary>
    public bool IsEmpty => _ids.Count == 0;

    internal ReadOnlySpan<byte> Encoded => _encoded.Written;

    /// <summary>Adds an element.</summary>
    /// <param name="id">
    /// SD-ID, section 6.3.2: a registered name such as <c>timeQuality</c>, or <c>name@number</c> with a private enterprise number. 1 to 32
    /// printable ASCII characters without <c>=</c>, <c>]</c>, <c>"</c> and blank. Each ID once.
    /// </param>
    /// <param name="parameters">
    /// Names (as an ID, and one may be there more than once) with their values. A value may hold anything; <c>"</c>, <c>\</c> and <c>]</c> are
    /// escaped (section 6.3.3), control characters other than TAB are written as <c>#ooo</c>, in octal.
    /// </param>
    /// <returns>The same object.</returns>
    /// <exception cref="ArgumentException">A name is not valid, or the ID is there already (section 6.3.2).</exception>
    public SyslogStructuredData Add(string id, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        CheckName(id, nameof(id));
        foreach (var (name, value) in parameters)
        {
            CheckName(name, nameof(parameters));
            ArgumentNullException.ThrowIfNull(value, nameof(parameters));
        }

        if (!_ids.Add(id))
        {
            throw new ArgumentException($"there is an element {id} already, and RFC 5424, section 6.3.2 allows one", nameof(id));
        }

        _encoded.Append((byte)'[');
        _encoded.AppendText(id);
        foreach (var (name, value) in parameters)
        {
            _encoded.Append((byte)' ');
            _encoded.AppendText(name);
            _encoded.Append("=\""u8);
            AppendValue(value);
            _encoded.Append((byte)'"');
        }

        _encoded.Append((byte)']');
        return this;
    }

    /// <summary>The encoded form.</summary>
    /// <returns>The elements one after another, or <c>-</c>.</returns>
    public override string ToString() => IsEmpty ? "-" : Encoding.UTF8.GetString(Encoded);

    private static void CheckName(string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        if (!SyslogName.IsPrintable(name, LongestName) || name.AsSpan().ContainsAny("=]\""))
        {
            throw new ArgumentException($"'{name}' is not a name of structured data (RFC 5424, section 6.3.2)", parameter);
        }
    }

    private void AppendValue(string value)
    {
        int start = _encoded.Length;
        _encoded.AppendText(value);
        byte[] text = _encoded.Written[start..].ToArray();
        _encoded.Length = start;
        foreach (byte b in text)
        {
            if (b is (byte)'"' or (byte)'\\' or (byte)']')
            {
                _encoded.Append((byte)'\\');
            }

            if (SyslogText.IsControl(b))
            {
                SyslogText.AppendEscaped(_encoded, b);
            }
            else
            {
                _encoded.Append(b);
            }
        }
    }
}
