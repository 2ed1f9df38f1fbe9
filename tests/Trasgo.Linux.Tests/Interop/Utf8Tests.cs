using System.Runtime.InteropServices;

namespace Trasgo.Linux.Tests;

public class Utf8Tests
{
    [Theory]
    [InlineData("", new byte[0])]
    [InlineData("a\u00e9\U0001F600", new byte[] { 0x61, 0xC3, 0xA9, 0xF0, 0x9F, 0x98, 0x80 })]
    public void Encode_Text_IsUtf8(string text, byte[] bytes) => Assert.Equal(bytes, Utf8.Encode(text));

    [Fact]
    public void Encode_EveryByteThatIsNoText_IsItself()
    {
        for (var value = 0x80; value <= 0xFF; value++)
        {
            var text = string.Concat("a", ((char)(0xDC00 + value)).ToString(), "\U0001F600");
            Assert.Equal([0x61, (byte)value, 0xF0, 0x9F, 0x98, 0x80, 0], Utf8.Terminated(text));
        }
    }

    [Fact]
    public unsafe void Text_InASpawnProgram_HasTheBytes()
    {
        using var arena = new NativeArena();
        var text = new ReadOnlySpan<byte>((void*)arena.Text("x" + (char)0xDCFF), 3);
        Assert.Equal([(byte)'x', 0xFF, 0], text.ToArray());
        Assert.Equal("x", Marshal.PtrToStringUTF8(arena.Text("x")));
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0xC3, 0xB1, 0xF0, 0x9F, 0x98, 0x80 })]
    [InlineData(new byte[] { 0xFF, 0x61, 0xC3 })]
    [InlineData(new byte[] { 0xE2, 0x82, 0x61, 0x80 })]
    public void Decode_AnyBytes_ComeBackFromEncode(byte[] bytes) => Assert.Equal(bytes, Utf8.Encode(Utf8.Decode(bytes)));
}
