namespace Trasgo.Linux.Tests;

/// <summary>What an unprivileged user can put into a path (CVE-2018-16888): links of his, in his own directories or in one that all may write to.</summary>
public sealed class SafePathTests : IDisposable
{
    private const uint User = 61234;
    private const uint Other = 61235;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SkippableTheory]
    [InlineData("file", "None")]
    [InlineData("of-user", "None")]
    [InlineData("user/of-user", "None")]
    [InlineData("roots-link", "None")]
    [InlineData("user/to-own", "None")]
    [InlineData("user/roots-file", "ENOLINK")]
    [InlineData("user/of-other", "ENOLINK")]
    [InlineData("user/../file", "ENOLINK")]
    [InlineData("user/out", "ENOLINK")]
    [InlineData("absolute-of-user", "ENOLINK")]
    [InlineData("relative-of-user", "ENOLINK")]
    [InlineData("loop", "ELOOP")]
    public void Open_OnlySafeSteps_RefusesToLeaveAUsersHands(string path, string error)
    {
        Skip.IfNot(Environment.UserName == "root", "only root can give files to other users");
        Lay();

        var opened = SafePath.Open(_directory[path], requireSafe: true);

        Assert.Equal(error, opened.Error.ToString());
        if (opened.Ok)
        {
            opened.Value.Dispose();
        }
    }

    [SkippableFact]
    public void Open_AnyStep_FollowsWhatIsUnsafe()
    {
        Skip.IfNot(Environment.UserName == "root", "only root can give files to other users");
        Lay();

        using var opened = SafePath.Open(_directory["absolute-of-user"], requireSafe: false).OrThrow("open");

        Assert.Equal("root"u8.ToArray(), FileSystem.Read(opened, 100).OrThrow("read"));
    }

    private void Lay()
    {
        Directory.CreateDirectory(_directory["user"]);
        Own("user", User);
        foreach (var (name, owner) in ((string, uint)[])[("file", 0), ("of-user", User), ("user/of-user", User), ("user/roots-file", 0), ("user/of-other", Other)])
        {
            File.WriteAllText(_directory[name], owner == 0 ? "root" : "user");
            Own(name, owner);
        }

        Link("roots-link", "user/of-user", 0);
        Link("user/to-own", "of-user", User);
        Link("user/out", "../file", User);
        Link("absolute-of-user", _directory["file"], User);
        Link("relative-of-user", "file", User);
        Link("loop", "loop", 0);
    }

    private void Link(string name, string target, uint owner)
    {
        File.CreateSymbolicLink(_directory[name], target);
        Own(name, owner);
    }

    private void Own(string name, uint owner) => FileSystem.ChangeOwner(_directory[name], owner, owner).OrThrow("chown");
}
