using System.Net;

namespace Trasgo.Inetd.Tests.Access;

/// <summary>Who may come, and when.</summary>
public sealed class AccessTests
{
    private static readonly HostNames s_hosts = HostNames.Parse(InetdWorld.Hosts);

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7/32")]
    [InlineData("192.0.2.0", "192.0.2.0/24")]
    [InlineData("10.0.0.0", "10.0.0.0/8")]
    [InlineData("10.0.1.0", "10.0.1.0/24")]
    [InlineData("0.0.0.0", "0.0.0.0/0")]
    [InlineData("10.1.{2,3}", "10.1.2.0/24 10.1.3.0/24")]
    [InlineData("10.1.2.{3,4,5}", "10.1.2.3/32 10.1.2.4/32 10.1.2.5/32")]
    [InlineData("10.{1}", "10.1.0.0/16")]
    [InlineData("192.168.77.5/16", "192.168.0.0/16")]
    [InlineData("1.2.3.4/32", "1.2.3.4/32")]
    [InlineData("1.2.3.4/0", "0.0.0.0/0")]
    [InlineData("2001:db8::1", "2001:db8::1/128")]
    [InlineData("2001:db8:1::/46", "2001:db8::/46")]
    [InlineData("::", "::/0")]
    [InlineData("localhost", "127.0.0.1/32 ::1/128")]
    public void Address_InEachForm_IsARange(string word, string expected) =>
        Assert.Equal(expected, string.Join(' ', XinetdAddresses.Parse(word, s_hosts)!));

    [Theory]
    [InlineData(".example.org")]
    [InlineData("unknown")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.4/33")]
    [InlineData("1.2.3.4/-1")]
    [InlineData("2001:db8::/129")]
    [InlineData("{1,2}")]
    [InlineData("1.{2,3}.4")]
    [InlineData("1.2.3.4.{5}")]
    [InlineData("1.{2,}")]
    [InlineData("1.{300}")]
    [InlineData("1.{2")]
    [InlineData("/8")]
    [InlineData("")]
    public void Address_InNoForm_IsNone(string word) => Assert.Null(XinetdAddresses.Parse(word, s_hosts));

    [Theory]
    [InlineData("10.0.0.0/8", "", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "", "11.1.2.3", false)]
    [InlineData("10.0.0.0/8", "", "::ffff:10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "10.1.2.3", "10.1.2.3", false)]
    [InlineData("10.1.2.3", "10.0.0.0/8", "10.1.2.3", false)]
    [InlineData("", "10.0.0.0/8", "10.1.2.3", false)]
    [InlineData("0.0.0.0/0", "", "2001:db8::1", false)]
    [InlineData("::/0", "", "10.1.2.3", true)]
    [InlineData("2001:db8::/46", "", "2001:db8:3::1", true)]
    [InlineData("2001:db8::/46", "", "2001:db8:4::1", false)]
    public void Client_ByBothLists_MayComeOrNot(string only, string none, string client, bool allowed)
    {
        Assert.True(AddressRules.TryParse(only, out var onlyFrom));
        Assert.True(AddressRules.TryParse(none, out var noAccess));

        Assert.Equal(allowed, new AddressRules(onlyFrom, noAccess).Allows(IPAddress.Parse(client)));
    }

    [Fact]
    public void Client_WhereNobodyHasSaidAnything_MayCome() => Assert.True(AddressRules.Everybody.Allows(IPAddress.Loopback));

    [Theory]
    [InlineData("10.0.0.0/8,x")]
    [InlineData("10.0.0.0/8 11.0.0.0/8")]
    public void List_WithWhatIsNoAddress_IsNone(string text) => Assert.False(AddressRules.TryParse(text, out _));

    [Theory]
    [InlineData("2:00-9:00 12:00-24:00", "2:00", true)]
    [InlineData("2:00-9:00 12:00-24:00", "9:00", true)]
    [InlineData("2:00-9:00 12:00-24:00", "9:01", false)]
    [InlineData("2:00-9:00 12:00-24:00", "23:59", true)]
    [InlineData("0:00-0:00", "0:00", true)]
    public void Hour_InTheIntervals_IsOpen(string words, string time, bool open) =>
        Assert.Equal(open, AccessTimes.Parse(words.Split(' '))!.Contains(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("")]
    [InlineData("9:00")]
    [InlineData("9-10")]
    [InlineData("25:00-26:00")]
    [InlineData("9:60-10:00")]
    [InlineData("24:01-24:02")]
    [InlineData("10:00-9:00")]
    [InlineData("9:00-10:00-11:00")]
    public void Interval_ThatIsNone_IsRefused(string words) => Assert.Null(AccessTimes.Parse(words.Split(' ')));

    [Fact]
    public void Intervals_Written_ReadTheSame() =>
        Assert.Equal("2:00-9:05,12:00-24:00", AccessTimes.Parse(["02:00-9:05", "12:00-24:00"])!.ToString());
}
