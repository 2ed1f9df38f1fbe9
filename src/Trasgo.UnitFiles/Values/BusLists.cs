namespace Trasgo.UnitFiles.Values;

/// <summary>Arrays of simple things on the bus.</summary>
internal static class BusLists
{
    public static void Write(IValueWriter writer, IEnumerable<string> items)
    {
        writer.BeginArray("s");
        foreach (var item in items)
        {
            writer.String(item);
        }

        writer.EndArray();
    }

    public static void Write(IValueWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.BeginArray("y");
        foreach (var item in bytes)
        {
            writer.Byte(item);
        }

        writer.EndArray();
    }

    public static List<string> Strings(IValueReader reader)
    {
        var items = new List<string>();
        if (reader.EnterArray("s"))
        {
            while (reader.More())
            {
                items.Add(reader.String());
            }

            reader.LeaveArray();
        }

        return items;
    }

    public static byte[] Bytes(IValueReader reader)
    {
        var items = new List<byte>();
        if (reader.EnterArray("y"))
        {
            while (reader.More())
            {
                items.Add(reader.Byte());
            }

            reader.LeaveArray();
        }

        return [.. items];
    }
}
