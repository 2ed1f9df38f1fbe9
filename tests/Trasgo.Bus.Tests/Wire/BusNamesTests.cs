using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Tests.Wire;

public sealed class BusNamesTests
{
    [Theory]
    [InlineData("/", true)]
    [InlineData("/org/freedesktop/systemd1", true)]
    [InlineData("/a/_3", true)]
    [InlineData("", false)]
    [InlineData("a", false)]
    [InlineData("/a/", false)]
    [InlineData("//a", false)]
    [InlineData("/a//b", false)]
    [InlineData("/a-b", false)]
    public void IsObjectPath_AsSpecified(string path, bool valid) => Assert.Equal(valid, BusNames.IsObjectPath(path));

    // CVE-2019-6454: a path of any length used to reach a recursion on the stack.
    [Fact]
    public void IsObjectPath_LongerThanTheBound_IsRefused()
    {
        var longest = string.Concat(Enumerable.Repeat("/a", BusLimits.PathBytes / 2));
        Assert.True(BusNames.IsObjectPath(longest));
        Assert.False(BusNames.IsObjectPath(longest + "b"));
    }

    [Theory]
    [InlineData("org.freedesktop.systemd1", true)]
    [InlineData("a.b", true)]
    [InlineData("a", false)]
    [InlineData("a.", false)]
    [InlineData(".a.b", false)]
    [InlineData("a..b", false)]
    [InlineData("a.1b", false)]
    [InlineData("a-b.c", false)]
    public void IsInterface_AsSpecified(string name, bool valid) => Assert.Equal(valid, BusNames.IsInterface(name));

    [Theory]
    [InlineData(":1.42", true)]
    [InlineData("org.free-desktop.a", true)]
    [InlineData(":1", false)]
    [InlineData("1.2", false)]
    public void IsBusName_AsSpecified(string name, bool valid) => Assert.Equal(valid, BusNames.IsBusName(name));

    [Theory]
    [InlineData("GetUnit", true)]
    [InlineData("2Get", false)]
    [InlineData("Get.Unit", false)]
    [InlineData("", false)]
    public void IsMember_AsSpecified(string name, bool valid) => Assert.Equal(valid, BusNames.IsMember(name));

    [Theory]
    [InlineData("cron.service", "cron_2eservice")]
    [InlineData("-.slice", "_2d_2eslice")]
    [InlineData("0day", "_30day")]
    [InlineData("a0", "a0")]
    [InlineData("", "_")]
    [InlineData("ñ", "_c3_b1")]
    public void BusLabel_EscapesAndComesBack(string text, string label)
    {
        Assert.Equal(label, BusLabel.Escape(text));
        Assert.Equal(text, BusLabel.Unescape(label));
    }

    [Theory]
    [InlineData("a_b", "a_b")]
    [InlineData("a_", "a_")]
    [InlineData("_zz", "_zz")]
    public void BusLabel_InvalidEscape_StandsForItself(string label, string text) => Assert.Equal(text, BusLabel.Unescape(label));

    [Theory]
    [InlineData("/a", "/a", true)]
    [InlineData("/a/b", "/a", true)]
    [InlineData("/ab", "/a", false)]
    [InlineData("/ab", "/", true)]
    public void IsAtOrBelow_EndsAtElements(string path, string prefix, bool below) =>
        Assert.Equal(below, BusNames.IsAtOrBelow(path, prefix));
}
