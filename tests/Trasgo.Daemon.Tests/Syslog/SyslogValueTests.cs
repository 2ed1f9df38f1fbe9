namespace Trasgo.Daemon.Tests.Syslog;

public class SyslogValueTests
{
    [Fact]
    public void UpTo_Warning_HoldsTheMoreImportantLevels()
    {
        var mask = SyslogMask.UpTo(SyslogLevel.Warning);

        Assert.Equal([SyslogLevel.Emergency, SyslogLevel.Alert, SyslogLevel.Critical, SyslogLevel.Error, SyslogLevel.Warning],
            Enum.GetValues<SyslogLevel>().Where(mask.Contains));
        Assert.Equal(0x1F, mask.Bits);
    }

    [Fact]
    public void UpTo_Debug_IsAll() => Assert.Equal(SyslogMask.All, SyslogMask.UpTo(SyslogLevel.Debug));

    [Fact]
    public void Of_TwoLevels_HoldsThese() => Assert.Equal(0b1000_0001, SyslogMask.Of(SyslogLevel.Debug, SyslogLevel.Emergency).Bits);

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    public void Mask_OfWhatIsNoLevel_IsRefused(int level)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SyslogMask.UpTo((SyslogLevel)level));
        Assert.False(SyslogMask.All.Contains((SyslogLevel)level));
    }

    [Theory]
    [InlineData("")]
    [InlineData("dev/log")]
    [InlineData("/dev/log\0x")]
    public void Unix_PathThatIsNone_IsRefused(string path) => Assert.ThrowsAny<ArgumentException>(() => SyslogEndpoint.Unix(path));

    [Fact]
    public void Unix_PathOf108Bytes_IsRefused()
    {
        Assert.Equal(107, SyslogEndpoint.Unix("/" + new string('x', 106)).Address.Length);
        Assert.Throws<ArgumentException>(() => SyslogEndpoint.Unix("/" + new string('x', 107)));
        Assert.Throws<ArgumentException>(() => SyslogEndpoint.Unix("/" + new string('ñ', 54)));
    }

    [Theory]
    [InlineData("", 514)]
    [InlineData("a/b", 514)]
    [InlineData("a\0b", 514)]
    [InlineData("loghost", 0)]
    [InlineData("loghost", 65536)]
    public void Network_AddressThatIsNone_IsRefused(string host, int port)
    {
        Assert.ThrowsAny<ArgumentException>(() => SyslogEndpoint.Udp(host, port));
        Assert.ThrowsAny<ArgumentException>(() => SyslogEndpoint.Tcp(host, port));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("name:")]
    [InlineData("name[1]")]
    [InlineData("na\0me")]
    [InlineData("na\nme")]
    [InlineData("ñandú")]
    [InlineData("a-name-of-forty-nine-characters-is-one-too-many-x")]
    public void Identity_ThatCannotStandInAHeader_IsRefused(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => new SyslogClientOptions { Identity = name });

    [Fact]
    public void Identity_WithASlash_IsTaken() => Assert.Equal("postfix/smtpd", new SyslogClientOptions { Identity = "postfix/smtpd" }.Identity);

    [Fact]
    public void Identity_NotGiven_IsTheProgram() =>
        Assert.Equal(Path.GetFileName(Environment.ProcessPath), new SyslogClientOptions().Identity);

    [Fact]
    public void Facility_Kernel_IsUser() => Assert.Equal(SyslogFacility.User, new SyslogClientOptions { Facility = SyslogFacility.Kernel }.Facility);

    [Fact]
    public void StructuredData_OfTheRfc_IsWrittenAsThere()
    {
        var data = new SyslogStructuredData()
            .Add("exampleSDID@32473", ("iut", "3"), ("eventSource", "Application"), ("eventID", "1011"))
            .Add("examplePriority@32473", ("class", "high"));

        Assert.Equal("""[exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"][examplePriority@32473 class="high"]""", data.ToString());
    }

    [Fact]
    public void StructuredData_ValueWithQuotes_IsEscaped()
    {
        var data = new SyslogStructuredData().Add("x@1", ("v", "a\"b\\c]d\ne\0fñ"));

        Assert.Equal("[x@1 v=\"a\\\"b\\\\c\\]d#012e#000fñ\"]", data.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a=b")]
    [InlineData("a]b")]
    [InlineData("a\"b")]
    [InlineData("ñ")]
    [InlineData("a-name-of-thirty-three-characters")]
    public void StructuredData_NameThatIsNone_IsRefused(string name)
    {
        var data = new SyslogStructuredData();

        Assert.ThrowsAny<ArgumentException>(() => data.Add(name));
        Assert.ThrowsAny<ArgumentException>(() => data.Add("good", (name, "value")));
        Assert.True(data.IsEmpty);
        Assert.Equal("-", data.ToString());
    }

    [Fact]
    public void StructuredData_SameIdTwice_IsRefused()
    {
        var data = new SyslogStructuredData().Add("once@1");

        Assert.Throws<ArgumentException>(() => data.Add("once@1"));
        Assert.Equal("[once@1]", data.ToString());
    }

    [Fact]
    public void Message_WithMessageIdThatIsNone_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new SyslogMessage(SyslogLevel.Error, "x") { MessageId = "two words" });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SyslogMessage((SyslogLevel)9, "x"));
    }
}
