using System.Net;
using System.Text;

namespace Trasgo.Inetd.Tests.Small;

/// <summary>What the small services say, and to whom.</summary>
public sealed class SmallServiceTests
{
    [Theory]
    [InlineData("2024-06-03T09:05:07", "Mon Jun  3 09:05:07 2024\r\n")]
    [InlineData("2026-11-30T23:59:59", "Mon Nov 30 23:59:59 2026\r\n")]
    public void Daytime_OfATime_IsAsCtimeWritesIt(string time, string expected)
    {
        Span<byte> buffer = stackalloc byte[SmallServiceText.LongestAnnouncement];

        var length = SmallServiceText.WriteDaytime(buffer, DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(expected, Encoding.ASCII.GetString(buffer[..length]));
    }

    // RFC 868 has the first three as examples.
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 2_208_988_800U)]
    [InlineData("1976-01-01T00:00:00Z", 2_398_291_200U)]
    [InlineData("1980-01-01T00:00:00Z", 2_524_521_600U)]
    [InlineData("2036-02-07T06:28:15Z", uint.MaxValue)]
    [InlineData("2036-02-07T06:28:16Z", 0U)]
    public void Time_OfATime_IsSecondsSince1900(string time, uint expected)
    {
        Span<byte> buffer = stackalloc byte[SmallServiceText.LongestAnnouncement];

        Assert.Equal(4, SmallServiceText.WriteTime(buffer, DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(expected, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(buffer));
    }

    [Fact]
    public void Chargen_LineByLine_GoesOnInARing()
    {
        var lines = Encoding.ASCII.GetString(SmallServiceText.ChargenPattern).Split("\r\n")[..^1];

        Assert.Equal(95, lines.Length);
        Assert.Equal(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg", lines[0]);
        Assert.Equal("!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefgh", lines[1]);
        Assert.Equal("~ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdef", lines[94]);
    }

    [Theory]
    [InlineData("192.0.2.7", 40000, true)]
    [InlineData("127.0.0.1", 40000, true)]
    [InlineData("2001:db8::1", 40000, true)]
    [InlineData("::ffff:192.0.2.7", 40000, true)]
    [InlineData("192.0.2.7", 1024, true)]
    [InlineData("192.0.2.7", 1023, false)]
    [InlineData("192.0.2.7", 7, false)]
    [InlineData("192.0.2.7", 0, false)]
    [InlineData("192.0.2.7", 2049, false)]
    [InlineData("192.0.2.7", 7007, false)]
    [InlineData("255.255.255.255", 40000, false)]
    [InlineData("224.0.0.1", 40000, false)]
    [InlineData("239.255.255.250", 40000, false)]
    [InlineData("240.0.0.1", 40000, false)]
    [InlineData("0.0.0.0", 40000, false)]
    [InlineData("0.1.2.3", 40000, false)]
    [InlineData("::ffff:224.0.0.1", 40000, false)]
    [InlineData("ff02::1", 40000, false)]
    [InlineData("::", 40000, false)]
    public void Datagram_BySender_IsAnsweredOrNot(string sender, int port, bool answered) =>
        Assert.Equal(answered, ReplyRules.MayAnswer(IPAddress.Parse(sender), port, ownPort: 7007));
}
