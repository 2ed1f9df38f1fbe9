using Trasgo.Cli.Output;

namespace Trasgo.Cli.Tests.Output;

public class TextTests
{
    [Theory]
    [InlineData("hello", 5, "hello")]
    [InlineData("hello", 4, "hel…")]
    [InlineData("hello", 1, "…")]
    [InlineData("hello", 0, "")]
    [InlineData("日本語", 6, "日本語")]
    [InlineData("日本語", 5, "日本…")]
    [InlineData("日本語", 4, "日…")]
    public void Ellipsize_InUnicode_CutsAtTheEnd(string text, int cells, string expected) =>
        Assert.Equal(expected, TextWidth.Ellipsize(text, cells, percent: 100, new Glyphs(isUnicode: true)));

    [Theory]
    [InlineData("hello world", 8, "hello...")]
    [InlineData("hello world", 2, "..")]
    public void Ellipsize_InAscii_TakesThreeDots(string text, int cells, string expected) =>
        Assert.Equal(expected, TextWidth.Ellipsize(text, cells, percent: 100, new Glyphs(isUnicode: false)));

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(1023, "1023B")]
    [InlineData(1024, "1.0K")]
    [InlineData(1_572_864, "1.5M")]
    [InlineData(2_147_483_647, "1.9G")]
    [InlineData(ulong.MaxValue, "15.9E")]
    public void ByteAmount_IsCutToOneDecimal(ulong amount, string expected) => Assert.Equal(expected, ByteAmount.Format(amount));

    [Theory]
    [InlineData(0, "Thu 1970-01-01 00:00:00 UTC")]
    [InlineData(1_700_000_000_123_456, "Tue 2023-11-14 22:13:20 UTC")]
    public void Timestamp_InUtc_HasTheWeekday(ulong timestamp, string expected) =>
        Assert.Equal(timestamp == 0 ? null : expected, TimestampText.Format(timestamp, TimestampStyle.Utc));

    [Fact]
    public void Timestamp_InEachStyle_IsWritten()
    {
        const ulong time = 1_700_000_000_123_456;

        Assert.Equal("@1700000000", TimestampText.Format(time, TimestampStyle.Unix));
        Assert.Equal("Tue 2023-11-14 22:13:20.123456 UTC", TimestampText.Format(time, TimestampStyle.MicrosecondsUtc));
        Assert.Equal("--- XXXX-XX-XX XX:XX:XX", TimestampText.Format(ulong.MaxValue - 1, TimestampStyle.Utc));
        Assert.Null(TimestampText.Format(ulong.MaxValue));
    }

    [Theory]
    [InlineData(0, "now")]
    [InlineData(999, "999us ago")]
    [InlineData(59_000_000, "59s ago")]
    [InlineData(61_000_000, "1min 1s ago")]
    [InlineData(301_000_000, "5min ago")]
    [InlineData(3_700_000_000, "1h 1min ago")]
    [InlineData(21_700_000_000, "6h ago")]
    [InlineData(93_600_000_000, "1 day 2h ago")]
    [InlineData(172_800_000_000, "2 days ago")]
    [InlineData(604_800_000_000, "1 week 0 days ago")]
    [InlineData(63_115_200_000_000, "2 years 0 months ago")]
    public void RelativeTime_OfThePast_HasSystemdsSteps(ulong distance, string expected) =>
        Assert.Equal(expected, TimestampText.FormatRelative(100_000_000_000_000, 100_000_000_000_000 + distance));

    [Fact]
    public void RelativeTime_OfTheFuture_IsLeft() => Assert.Equal("10s left", TimestampText.FormatRelative(20_000_000, 10_000_000));

    [Fact]
    public void Json_Pretty_IsIndentedByTabs()
    {
        var json = new JsonText(pretty: true);
        json.BeginArray();
        json.BeginObject();
        json.Name("a");
        json.String("x\"\n\u0001");
        json.Name("b");
        json.Raw("null");
        json.EndObject();
        json.EndArray();

        Assert.Equal("[\n\t{\n\t\t\"a\" : \"x\\\"\\n\\u0001\",\n\t\t\"b\" : null\n\t}\n]", json.ToString());
    }
}
