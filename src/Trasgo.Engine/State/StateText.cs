using System.Text;

namespace Trasgo.Engine.State;

/// <summary>
/// Records as text: a head that names the version; a line for each record, its kind and its name; and under it a line for each field, which
/// begins with a tab. A damaged line costs what it says and nothing else: reading goes on with the next. Nothing here throws.
/// </summary>
internal static class StateText
{
    /// <summary>It changes only when an old reader would misunderstand a new file: new kinds and fields it passes over.</summary>
    public const int Version = 1;

    /// <summary>As many lines are complained about.</summary>
    private const int ComplaintsMax = 10;

    private const string Head = "trasgo-state";

    public static byte[] Write(IEnumerable<StateRecord> records)
    {
        var text = new StringBuilder();
        text.Append(Head).Append(' ').Append(Version).Append('\n');
        foreach (var record in records)
        {
            StateWords.Append(text, record.Kind);
            text.Append(' ');
            StateWords.Append(text, record.Name);
            text.Append('\n');
            foreach (var (key, words) in record.Fields)
            {
                text.Append('\t');
                StateWords.Append(text, key);
                foreach (var word in words)
                {
                    text.Append(' ');
                    StateWords.Append(text, word);
                }

                text.Append('\n');
            }
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>What could be read. <paramref name="complain"/> is told what could not.</summary>
    public static List<StateRecord> Read(ReadOnlySpan<byte> bytes, IDescriptorShelf shelf, Action<string> complain)
    {
        var records = new List<StateRecord>();
        var complaints = 0;
        StateRecord? current = null;
        var number = 0;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            number++;
            var line = Encoding.Latin1.GetString(bytes[range]);
            if (number == 1)
            {
                CheckHead(line, complain);
            }
            else if (line.Length == 0 || (line[0] == '\t' && current is null))
            {
                // The end, or a field of a record whose own line is damaged.
            }
            else if (StateWords.Split(line.AsSpan(line[0] == '\t' ? 1 : 0)) is not { } words || (line[0] != '\t' && words.Length != 2))
            {
                current = line[0] == '\t' ? current : null;
                if (++complaints <= ComplaintsMax)
                {
                    complain($"Line {number} of the state is damaged, ignoring.");
                }
            }
            else if (line[0] == '\t')
            {
                current!.Add(words[0], words[1..]);
            }
            else
            {
                records.Add(current = new StateRecord(words[0], words[1], shelf));
            }
        }

        return records;
    }

    private static void CheckHead(string line, Action<string> complain)
    {
        var words = line.Split(' ');
        if (words is not [Head, var version])
        {
            complain("The state does not begin as it should, using what is there.");
        }
        else if (version != Version.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            complain($"The state is of version {version} and not of {Version}, using what is understood.");
        }
    }
}
