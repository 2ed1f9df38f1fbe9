using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Tests.Wire;

public sealed class MarshallingTests
{
    [Fact]
    public void Writer_EveryType_ReadsBackEqual()
    {
        using var writer = new MessageWriter();
        writer.Byte(7);
        writer.Boolean(true);
        writer.Int16(-2);
        writer.UInt16(65535);
        writer.Int32(int.MinValue);
        writer.UInt32(uint.MaxValue);
        writer.Int64(long.MinValue);
        writer.UInt64(ulong.MaxValue);
        writer.Double(1.5);
        writer.String("ñandú");
        writer.ObjectPath("/a/b_c");
        writer.Signature("a{sv}");
        writer.StringArray(["x", ""]);
        writer.ByteArray([1, 2, 3]);

        Assert.Equal("ybnqiuxtdsogasay", writer.BodySignature);
        Assert.False(writer.Failed);
        Assert.True(BodyValidator.IsValid(writer.Written.Span, writer.BodySignature, bigEndian: false, descriptors: 0));
        var reader = new MessageReader(writer.Written, writer.BodySignature);
        Assert.Equal(7, reader.Byte());
        Assert.True(reader.Boolean());
        Assert.Equal(-2, reader.Int16());
        Assert.Equal(65535, reader.UInt16());
        Assert.Equal(int.MinValue, reader.Int32());
        Assert.Equal(uint.MaxValue, reader.UInt32());
        Assert.Equal(long.MinValue, reader.Int64());
        Assert.Equal(ulong.MaxValue, reader.UInt64());
        Assert.Equal(1.5, reader.Double());
        Assert.Equal("ñandú", reader.String());
        Assert.Equal("/a/b_c", reader.ObjectPath());
        Assert.Equal("a{sv}", reader.TypeSignature());
        Assert.Equal(["x", ""], reader.StringArray());
        Assert.Equal(new byte[] { 1, 2, 3 }, reader.ByteArray());
        Assert.False(reader.More());
        Assert.False(reader.Failed);
    }

    [Fact]
    public void Writer_NestedContainers_ReadBackEqual()
    {
        using var writer = new MessageWriter();
        writer.Byte(1);
        writer.BeginArray("{sv}");
        writer.BeginDictEntry();
        writer.String("first");
        writer.BeginVariant("a(su)");
        writer.BeginArray("(su)");
        for (var i = 0u; i < 3; i++)
        {
            writer.BeginStruct();
            writer.String("n" + i);
            writer.UInt32(i);
            writer.EndStruct();
        }

        writer.EndArray();
        writer.EndVariant();
        writer.EndDictEntry();
        writer.BeginDictEntry();
        writer.String("empty");
        writer.BeginVariant("at");
        writer.BeginArray("t");
        writer.EndArray();
        writer.EndVariant();
        writer.EndDictEntry();
        writer.EndArray();
        writer.BeginStruct();
        writer.Int32(5);
        writer.EndStruct();

        Assert.Equal("ya{sv}(i)", writer.BodySignature);
        Assert.True(BodyValidator.IsValid(writer.Written.Span, writer.BodySignature, bigEndian: false, descriptors: 0));
        var reader = new MessageReader(writer.Written, writer.BodySignature);
        Assert.Equal(1, reader.Byte());
        Assert.Equal("a{sv}", reader.Signature);
        Assert.True(reader.EnterArray("{sv}"));
        Assert.True(reader.More());
        Assert.True(reader.EnterDictEntry());
        Assert.Equal("first", reader.String());
        Assert.Equal("a(su)", reader.EnterVariant());
        Assert.True(reader.EnterArray("(su)"));
        var read = new List<(string, uint)>();
        while (reader.More())
        {
            reader.EnterStruct();
            read.Add((reader.String(), reader.UInt32()));
            reader.LeaveStruct();
        }

        Assert.Equal([("n0", 0u), ("n1", 1u), ("n2", 2u)], read);
        reader.LeaveArray();
        reader.LeaveVariant();
        reader.LeaveDictEntry();
        Assert.True(reader.EnterDictEntry());
        Assert.Equal("empty", reader.String());
        reader.Skip();
        reader.LeaveDictEntry();
        Assert.False(reader.More());
        reader.LeaveArray();
        reader.EnterStruct();
        Assert.Equal(5, reader.Int32());
        reader.LeaveStruct();
        Assert.False(reader.Failed);
        Assert.False(reader.More());
    }

    [Fact]
    public void Reader_WrongType_FailsForGoodAndAnswersEmptyValues()
    {
        using var writer = new MessageWriter();
        writer.String("text");
        var reader = new MessageReader(writer.Written, writer.BodySignature);

        Assert.Equal(0u, reader.UInt32());
        Assert.True(reader.Failed);
        Assert.Equal("", reader.String());
        Assert.False(reader.EnterArray("s"));
        Assert.False(reader.More());
    }

    [Fact]
    public void Reader_BigEndian_IsUnderstood()
    {
        byte[] body = [0, 0, 0, 2, (byte)'h', (byte)'i', 0, 0, 0, 0, 1, 0];
        Assert.True(BodyValidator.IsValid(body, "su", bigEndian: true, descriptors: 0));
        var reader = new MessageReader(body, "su", bigEndian: true);
        Assert.Equal("hi", reader.String());
        Assert.Equal(256u, reader.UInt32());
    }

    [Theory]
    [InlineData("s", new byte[] { 1, 0, 0, 0, (byte)'a' })]
    [InlineData("s", new byte[] { 1, 0, 0, 0, (byte)'a', 1 })]
    [InlineData("s", new byte[] { 255, 255, 255, 255, 0 })]
    [InlineData("s", new byte[] { 2, 0, 0, 0, (byte)'a', 0, 0 })]
    [InlineData("s", new byte[] { 1, 0, 0, 0, 0xff, 0 })]
    [InlineData("o", new byte[] { 1, 0, 0, 0, (byte)'a', 0 })]
    [InlineData("b", new byte[] { 2, 0, 0, 0 })]
    [InlineData("yu", new byte[] { 1, 1, 0, 0, 1, 0, 0, 0 })]
    [InlineData("v", new byte[] { 2, (byte)'y', (byte)'y', 0, 1, 1 })]
    [InlineData("v", new byte[] { 0, 0 })]
    [InlineData("au", new byte[] { 3, 0, 0, 0, 1, 2, 3 })]
    [InlineData("au", new byte[] { 255, 255, 255, 127 })]
    [InlineData("h", new byte[] { 0, 0, 0, 0 })]
    [InlineData("u", new byte[] { 0, 0, 0, 0, 0 })]
    public void Validator_BrokenBody_IsRefused(string signature, byte[] body) =>
        Assert.False(BodyValidator.IsValid(body, signature, bigEndian: false, descriptors: 0));

    [Fact]
    public void Validator_VariantsNestedTooDeep_AreRefused()
    {
        static byte[] Nested(int depth)
        {
            var body = new List<byte>();
            for (var i = 0; i < depth; i++)
            {
                body.AddRange([1, (byte)'v', 0]);
            }

            body.AddRange([1, (byte)'y', 0, 42]);
            return [.. body];
        }

        Assert.True(BodyValidator.IsValid(Nested(60), "v", bigEndian: false, descriptors: 0));
        Assert.False(BodyValidator.IsValid(Nested(70), "v", bigEndian: false, descriptors: 0));
        Assert.False(BodyValidator.IsValid(Nested(1_000_000), "v", bigEndian: false, descriptors: 0));
    }

    [Fact]
    public void Writer_TextWithNul_Fails()
    {
        using var writer = new MessageWriter();
        writer.String("a\0b");
        Assert.True(writer.Failed);
    }

    [Fact]
    public void Writer_NestingTooDeep_Fails()
    {
        using var writer = new MessageWriter();
        for (var i = 0; i < 65; i++)
        {
            writer.BeginVariant("v");
        }

        Assert.True(writer.Failed);
    }
}
