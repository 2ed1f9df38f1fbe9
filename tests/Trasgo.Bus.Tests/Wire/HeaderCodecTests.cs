using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Tests.Wire;

public sealed class HeaderCodecTests
{
    internal static byte[] Encode(BusMessage message, uint serial = 1)
    {
        using var header = new MessageWriter();
        HeaderCodec.Write(message, serial, header);
        return [.. header.Written.ToArray(), .. message.BodyBytes.ToArray()];
    }

    internal static BusMessage Sample()
    {
        var call = BusMessage.Call("org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "StartUnit");
        call.Body.String("cron.service");
        call.Body.String("replace");
        return call;
    }

    [Fact]
    public void Read_WhatWriteWrote_IsEqual()
    {
        using var call = Sample();
        var bytes = Encode(call, 77);

        var frame = HeaderCodec.Frame(bytes, BusLimits.IncomingMessageBytes);
        Assert.Equal(FrameResult.Complete, frame.Result);
        Assert.Equal(bytes.Length, frame.Length);
        var read = HeaderCodec.Read(bytes, []);
        Assert.NotNull(read);
        Assert.Equal(MessageType.MethodCall, read.Type);
        Assert.Equal(77u, read.Serial);
        Assert.Equal("/org/freedesktop/systemd1", read.Path);
        Assert.Equal("org.freedesktop.systemd1.Manager", read.Interface);
        Assert.Equal("StartUnit", read.Member);
        Assert.Equal("org.freedesktop.systemd1", read.Destination);
        Assert.Equal("ss", read.Signature);
        var reader = read.Read();
        Assert.Equal("cron.service", reader.String());
        Assert.Equal("replace", reader.String());
    }

    [Fact]
    public void Frame_AnyPrefixOfAMessage_IsIncomplete()
    {
        using var call = Sample();
        var bytes = Encode(call);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(FrameResult.Incomplete, HeaderCodec.Frame(bytes.AsSpan(0, length), BusLimits.IncomingMessageBytes).Result);
        }
    }

    // What is not to be read may still have to be passed over, if it can be a message at all.
    [Theory]
    [InlineData(6, 0x7f, nameof(FrameResult.TooLarge))]
    [InlineData(7, 0x7f, nameof(FrameResult.Malformed))]
    [InlineData(14, 0x7f, nameof(FrameResult.TooLarge))]
    [InlineData(15, 0xff, nameof(FrameResult.Malformed))]
    public void Frame_LengthsBeyondTheBounds_AreToldBeforeAnythingIsReserved(int at, byte value, string result)
    {
        using var call = Sample();
        var bytes = Encode(call);
        bytes[at] = value;
        Assert.Equal(result, HeaderCodec.Frame(bytes.AsSpan(0, 16), BusLimits.IncomingMessageBytes).Result.ToString());
    }

    [Fact]
    public void Read_CallWithoutMember_IsRefused()
    {
        using var call = new BusMessage { Type = MessageType.MethodCall, Path = "/a" };
        Assert.Null(HeaderCodec.Read(Encode(call), []));
    }

    [Fact]
    public void Read_AnnouncedDescriptorsThatDidNotCome_AreRefused()
    {
        using var call = new BusMessage { Type = MessageType.MethodCall, Path = "/a", Member = "B", Signature = "h", Payload = new byte[4] };
        Assert.Null(HeaderCodec.Read(Encode(call), []));
    }
}
