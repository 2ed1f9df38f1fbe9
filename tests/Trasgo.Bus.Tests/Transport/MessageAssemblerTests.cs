using Trasgo.Bus.Tests.Wire;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Tests.Transport;

public sealed class MessageAssemblerTests
{
    private const int Largest = 4096;

    [Fact]
    public void Messages_InPiecesOfAnySize_ComeWholeAndInOrder()
    {
        byte[] stream = [.. Encoded("first"), .. Encoded("second"), .. Encoded("third")];
        for (var piece = 1; piece <= stream.Length; piece += 7)
        {
            using var assembler = new MessageAssembler(Largest);
            var read = new List<string>();
            foreach (var bytes in stream.Chunk(piece))
            {
                Feed(assembler, bytes);
                while (assembler.Next() == FrameResult.Complete)
                {
                    read.Add(assembler.Read()!.Read().String());
                    assembler.Skip();
                }
            }

            Assert.Equal(["first", "second", "third"], read);
            Assert.Equal(0, assembler.Waiting.Length);
        }
    }

    [Fact]
    public void TooLarge_HeaderComing_IsReadOnceItIsThereAndTheRestPassedOver()
    {
        byte[] large = Encoded(new string('x', Largest));
        using var assembler = new MessageAssembler(Largest);
        Feed(assembler, large.AsSpan(0, 20));
        Assert.Equal(FrameResult.TooLarge, assembler.Next());
        Assert.True(assembler.IsHeaderComing);
        Assert.Null(assembler.ReadHeader());

        Feed(assembler, large.AsSpan(20, 1000));
        Assert.Equal(FrameResult.TooLarge, assembler.Next());
        Assert.False(assembler.IsHeaderComing);
        Assert.Equal("StartUnit", assembler.ReadHeader()!.Member);
        assembler.Skip();
        Assert.Equal(FrameResult.Incomplete, assembler.Next());

        Feed(assembler, [.. large.AsSpan(1020), .. Encoded("next")]);
        Assert.Equal(FrameResult.Complete, assembler.Next());
        Assert.Equal("next", assembler.Read()!.Read().String());
    }

    [Fact]
    public void TooLarge_Header_IsNotWaitedFor()
    {
        byte[] start = Encoded("a")[..16];
        start[14] = 0x10;
        using var assembler = new MessageAssembler(Largest);
        Feed(assembler, start);
        Assert.Equal(FrameResult.TooLarge, assembler.Next());
        Assert.False(assembler.IsHeaderComing);
    }

    [Fact]
    public void Trim_AfterTheLastMessage_HoldsNoMemory()
    {
        using var assembler = new MessageAssembler(Largest);
        Feed(assembler, Encoded("only"));
        Assert.Equal(FrameResult.Complete, assembler.Next());
        assembler.Skip();
        assembler.Trim();
        Assert.Equal(0, assembler.Capacity);
    }

    private static byte[] Encoded(string text)
    {
        using var call = BusMessage.Call("org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "StartUnit");
        call.Body.String(text);
        return HeaderCodecTests.Encode(call);
    }

    private static void Feed(MessageAssembler assembler, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = assembler.Room();
            var part = bytes[..Math.Min(room.Length, bytes.Length)];
            part.CopyTo(room);
            assembler.Commit(part.Length);
            bytes = bytes[part.Length..];
        }
    }
}
