using System.Buffers.Binary;
using System.Text;

namespace Trasgo.UnitFiles.Values;

/// <summary>Reads the compiled files of the tz database (tzfile(5), RFC 8536). What does not add up is no zone.</summary>
internal static class ZoneFile
{
    public const int SizeLimit = 256 * 1024;

    private const int HeaderSize = 44;

    /// <summary>The counts of a header, in the order of the file.</summary>
    private readonly record struct Counts(int UtFlags, int StandardFlags, int LeapSeconds, int Changes, int Kinds, int Characters)
    {
        public long Size(int timeSize) =>
            ((long)Changes * (timeSize + 1)) + (Kinds * 6L) + Characters + (LeapSeconds * (timeSize + 4L)) + StandardFlags + UtFlags;
    }

    public static bool IsZone(ReadOnlySpan<byte> file) => file.StartsWith("TZif"u8);

    public static ZoneRules? Parse(ReadOnlySpan<byte> file)
    {
        if (!TryHeader(file, out var counts, out var version))
        {
            return null;
        }

        if (version == 0)
        {
            return Read(file[HeaderSize..], counts, 4, "");
        }

        // Later versions say everything twice; the second time with numbers of 64 bits and a rule for the future.
        var first = HeaderSize + counts.Size(4);
        if (first > file.Length || !TryHeader(file[(int)first..], out counts, out _))
        {
            return null;
        }

        var data = file[((int)first + HeaderSize)..];
        return counts.Size(8) <= data.Length ? Read(data, counts, 8, Footer(data[(int)counts.Size(8)..])) : null;
    }

    private static bool TryHeader(ReadOnlySpan<byte> file, out Counts counts, out int version)
    {
        counts = default;
        version = 0;
        if (file.Length < HeaderSize || !IsZone(file))
        {
            return false;
        }

        version = file[4];
        Span<int> numbers = stackalloc int[6];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt32BigEndian(file[(20 + (4 * i))..]);
            if (numbers[i] is < 0 or > SizeLimit)
            {
                return false;
            }
        }

        counts = new Counts(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
        return counts.Kinds is > 0 and <= 256;
    }

    /// <summary>The rule stands between two line feeds.</summary>
    private static string Footer(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 2 || rest[0] != (byte)'\n')
        {
            return "";
        }

        var end = rest[1..].IndexOf((byte)'\n');
        return end < 0 ? "" : Encoding.ASCII.GetString(rest.Slice(1, end));
    }

    private static ZoneRules? Read(ReadOnlySpan<byte> data, Counts counts, int timeSize, string footer)
    {
        if (counts.Size(timeSize) > data.Length)
        {
            return null;
        }

        var changes = new long[counts.Changes];
        for (var i = 0; i < changes.Length; i++)
        {
            var at = data[(i * timeSize)..];
            changes[i] = timeSize == 8 ? BinaryPrimitives.ReadInt64BigEndian(at) : BinaryPrimitives.ReadInt32BigEndian(at);
            if (i > 0 && changes[i] <= changes[i - 1])
            {
                return null;
            }
        }

        var kinds = data.Slice(counts.Changes * timeSize, counts.Changes).ToArray();
        var types = data[(counts.Changes * (timeSize + 1))..];
        var names = types.Slice(counts.Kinds * 6, counts.Characters);
        var offsets = new ZoneOffset[counts.Kinds];
        for (var i = 0; i < offsets.Length; i++)
        {
            var type = types[(i * 6)..];
            if (type[5] >= names.Length)
            {
                return null;
            }

            var name = names[type[5]..];
            var end = name.IndexOf((byte)0);
            offsets[i] = new ZoneOffset(BinaryPrimitives.ReadInt32BigEndian(type), type[4] != 0, Encoding.ASCII.GetString(end < 0 ? name : name[..end]));
        }

        return Array.TrueForAll(kinds, kind => kind < offsets.Length)
            ? new ZoneRules(changes, kinds, offsets, footer.Length > 0 ? PosixZone.Parse(footer) : null)
            : null;
    }
}
