using Trasgo.Bus.Remote;

namespace Trasgo.Bus.Tests.Remote;

public sealed class BusAddressTests
{
    [Theory]
    [InlineData("unix:path=/run/user/1000/bus", "/run/user/1000/bus")]
    [InlineData("tcp:host=localhost,port=1;unix:guid=00,path=/a", "/a")]
    [InlineData("unix:abstract=/tmp/dbus-x,guid=1", "@/tmp/dbus-x")]
    [InlineData("unix:path=/a%20b%c3%b1", "/a bñ")]
    [InlineData("unix:path=/a%2", null)]
    [InlineData("unix:path=/a%00", null)]
    [InlineData("unix:path=relative", null)]
    [InlineData("unix:tmpdir=/tmp", null)]
    [InlineData("", null)]
    public void UnixPath_OfAnAddress(string address, string? path) => Assert.Equal(path, BusAddress.UnixPath(address));
}
