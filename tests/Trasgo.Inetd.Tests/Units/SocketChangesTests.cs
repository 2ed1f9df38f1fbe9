namespace Trasgo.Inetd.Tests.Units;

/// <summary>What a changed file does to the sockets that are open.</summary>
public class SocketChangesTests
{
    [Fact]
    public void Sockets_OfAChangedFile_AreClosedOpenedOrLeftAlone()
    {
        var before = new Dictionary<string, string> { ["gone.socket"] = "a", ["same.socket"] = "b", ["other.socket"] = "c" };
        var after = new Dictionary<string, string> { ["same.socket"] = "b", ["other.socket"] = "d", ["new.socket"] = "e" };

        Assert.Equal(
            [("gone.socket", SocketChange.Stop), ("other.socket", SocketChange.Restart), ("new.socket", SocketChange.Start)],
            SocketChanges.Between(before, after));
    }

    [Fact]
    public void Line_ThatHasOnlyMoved_ListensAsBefore()
    {
        var first = SuperServiceUnits.Write(InetdWorld.One("ftp stream tcp4 nowait root /bin/cat"), InetdGenerator.Manual)[0].Text;
        var moved = SuperServiceUnits.Write(InetdWorld.One("# one\n\nftp stream tcp4 nowait root /bin/cat"), InetdGenerator.Manual)[0].Text;
        var slower = SuperServiceUnits.Write(InetdWorld.One("ftp stream tcp4 nowait.9 root /bin/cat"), InetdGenerator.Manual)[0].Text;

        Assert.NotEqual(first, moved);
        Assert.Equal(SocketChanges.Listening(first), SocketChanges.Listening(moved));
        Assert.NotEqual(SocketChanges.Listening(first), SocketChanges.Listening(slower));
    }

    [Theory]
    [InlineData("inetd-ftp-tcp4.socket", true)]
    [InlineData("xinetd-rsync.socket", true)]
    [InlineData("inetd-ftp-tcp4@.service", false)]
    [InlineData("ssh.socket", false)]
    public void Name_OfAUnit_SaysWhetherItIsOurSocket(string name, bool isOurs) => Assert.Equal(isOurs, SuperServiceUnits.IsSocket(name));
}
