namespace Trasgo.Linux.Tests;

public sealed class UsersTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();
    private readonly Users _users;

    public UsersTests()
    {
        Directory.CreateDirectory(_root["etc"]);
        File.WriteAllText(_root["etc/passwd"], "root:x:0:0:root:/root:/bin/bash\n\nbad line\nwww:x:33:33:w:/var/www:/bin/false\nbig:x:4294967295:1::/:\n");
        File.WriteAllText(_root["etc/group"], "root:x:0:\nwww:x:33:\nssl:x:110:www,other\nadm:x:4:other,www\nwwwx:x:7:wwwx\n");
        _users = new Users(_root.Path);
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public void User_InTheFile_IsFoundByNameAndId()
    {
        Assert.Equal(new UserEntry("www", 33, 33, "/var/www", "/bin/false"), _users.ByName("www"));
        Assert.Equal("root", _users.ById(0)?.Name);
        Assert.Null(_users.ByName("bad line"));
        Assert.Null(_users.ByName("big"));
    }

    [Fact]
    public void Groups_OfAUser_AreHisOwnAndThoseThatListHim() => Assert.Equal([33u, 110, 4], _users.GroupsOf("www", 33));

    [Fact]
    public void File_Changed_IsReadAgain()
    {
        Assert.Null(_users.ByName("late"));

        File.AppendAllText(_root["etc/passwd"], "late:x:77:77::/:/bin/sh\n");

        Assert.Equal(77u, _users.ByName("late")?.Uid);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("65534", true)]
    [InlineData("0day", false)] // CVE-2017-1000082
    [InlineData("-1", false)]
    [InlineData("+1", false)]
    [InlineData(" 1", false)]
    [InlineData("", false)]
    [InlineData("65535", false)]
    [InlineData("4294967295", false)]
    [InlineData("4294967296", false)]
    public void Id_ParsedOnlyIfItIsOne_ThroughAndThrough(string text, bool valid) => Assert.Equal(valid, Users.TryParseId(text, out _));
}
