using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Tests.Wire;

/// <summary>Seeded mutations of good messages: whatever arrives, it is read, refused or awaited, and nothing throws.</summary>
public sealed class HostileInputTests
{
    [Fact]
    public void Message_RandomlyMutated_NeverThrowsAndWalksToItsEnd()
    {
        var random = new Random(20190218);
        var good = Goods();
        var understood = 0;
        for (var round = 0; round < 40_000; round++)
        {
            var bytes = Mutate((byte[])good[random.Next(good.Length)].Clone(), random);
            if (HeaderCodec.Frame(bytes, BusLimits.IncomingMessageBytes) is { Result: FrameResult.Complete } frame &&
                HeaderCodec.Read(bytes.AsMemory(0, frame.Length), []) is { } message)
            {
                Walk(message);
                understood++;
            }
        }

        Assert.InRange(understood, 1000, 39_000);
    }

    [Fact]
    public void Reader_OverUnvalidatedBytes_NeverThrowsAndAlwaysEnds()
    {
        var random = new Random(6454);
        string[] signatures = ["a{sv}", "a(sasb)", "vvv", "aaaay", "(yv)a{oa{sa{sv}}}", "gsoh", "ayab"];
        for (var round = 0; round < 20_000; round++)
        {
            var body = new byte[random.Next(64)];
            random.NextBytes(body);
            for (var i = 0; i < body.Length; i++)
            {
                body[i] = random.Next(3) == 0 ? body[i] : (byte)random.Next(5);
            }

            var reader = new MessageReader(body, signatures[random.Next(signatures.Length)], random.Next(2) == 0);
            Walk(reader, 0);
        }
    }

    private static byte[][] Goods()
    {
        using var call = HeaderCodecTests.Sample();
        using var properties = BusMessage.Signal("/org/freedesktop/systemd1/unit/a", "org.freedesktop.DBus.Properties", "PropertiesChanged");
        properties.Body.String("org.freedesktop.systemd1.Unit");
        properties.Body.BeginArray("{sv}");
        properties.Body.BeginDictEntry();
        properties.Body.String("Conditions");
        properties.Body.BeginVariant("a(sbbsi)");
        properties.Body.BeginArray("(sbbsi)");
        properties.Body.BeginStruct();
        properties.Body.String("ConditionPathExists");
        properties.Body.Boolean(true);
        properties.Body.Boolean(false);
        properties.Body.String("/etc");
        properties.Body.Int32(-1);
        properties.Body.EndStruct();
        properties.Body.EndArray();
        properties.Body.EndVariant();
        properties.Body.EndDictEntry();
        properties.Body.EndArray();
        properties.Body.StringArray(["Names"]);
        return [HeaderCodecTests.Encode(call), HeaderCodecTests.Encode(properties)];
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var changes = random.Next(1, 4);
        for (var i = 0; i < changes; i++)
        {
            switch (random.Next(4))
            {
                case 0:
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.AsSpan(random.Next(bytes.Length)).Fill((byte)random.Next(2));
                    break;
                default:
                    bytes = bytes[..random.Next(1, bytes.Length + 1)];
                    break;
            }
        }

        return bytes;
    }

    private static void Walk(BusMessage message)
    {
        var reader = message.Read();
        Walk(reader, 0);
        Assert.False(reader.Failed);
        Assert.False(reader.More());
    }

    private static void Walk(MessageReader reader, int depth)
    {
        Assert.True(depth <= BusLimits.TotalDepth + 1);
        while (reader.More())
        {
            switch (reader.NextType)
            {
                case 'y': reader.Byte(); break;
                case 'b': reader.Boolean(); break;
                case 'n': reader.Int16(); break;
                case 'q': reader.UInt16(); break;
                case 'i': reader.Int32(); break;
                case 'u': reader.UInt32(); break;
                case 'x': reader.Int64(); break;
                case 't': reader.UInt64(); break;
                case 'd': reader.Double(); break;
                case 's': reader.String(); break;
                case 'o': reader.ObjectPath(); break;
                case 'g': reader.TypeSignature(); break;
                case 'a' when reader.EnterArray(""):
                    Walk(reader, depth + 1);
                    reader.LeaveArray();
                    break;
                case '(' when reader.EnterStruct():
                    Walk(reader, depth + 1);
                    reader.LeaveStruct();
                    break;
                case '{' when reader.EnterDictEntry():
                    Walk(reader, depth + 1);
                    reader.LeaveDictEntry();
                    break;
                case 'v' when reader.EnterVariant() is not null:
                    Walk(reader, depth + 1);
                    reader.LeaveVariant();
                    break;
                default: reader.Skip(); break;
            }
        }
    }
}
