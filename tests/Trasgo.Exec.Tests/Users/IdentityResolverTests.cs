using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec.Tests;

public sealed class IdentityResolverTests
{
    private readonly ExecConfig _config = new();
    private readonly Directory_ _directory = new();

    [Fact]
    public void Nothing_Asked_ChangesNothing()
    {
        var identity = Resolve().Identity!;

        Assert.Equal(ExecIdentity.Unchanged, identity);
    }

    [Fact]
    public void User_Known_BringsGroupHomeShellAndGroups()
    {
        _config.User = "www";

        var identity = Resolve().Identity!;

        Assert.Equal(("www", 33u, 33u, "/var/www", null as string), (identity.Name, identity.Uid!.Value, identity.Gid!.Value, identity.Home, identity.Shell));
        Assert.Equal([33u, 110], identity.Groups!);
    }

    [Fact]
    public void User_WithOtherGroupAndMore_GetsThem()
    {
        _config.User = "www";
        _config.Group = "adm";
        _config.SupplementaryGroups.Add("ssl");

        var identity = Resolve().Identity!;

        Assert.Equal(4u, identity.Gid);
        Assert.Equal([4u, 110], identity.Groups!);
    }

    [Fact]
    public void InitGroups_SwitchedOff_LeavesTheGroupsThatAreNamed()
    {
        _config.User = "www";
        _config.InitGroups = false;

        Assert.Empty(Resolve().Identity!.Groups!);
        _config.SupplementaryGroups.Add("ssl");
        Assert.Equal([110u], Resolve().Identity!.Groups!);
    }

    [Theory]
    [InlineData("0day")] // CVE-2017-1000082: it must not be read as 0, and the unit must not run as root.
    [InlineData("nobody-knows")]
    [InlineData("4711")]
    public void User_Unknown_FailsAtTheUserStep(string user)
    {
        _config.User = user;

        var (identity, failure) = Resolve();

        Assert.Null(identity);
        Assert.Equal((SpawnStep.User, Errno.ESRCH), (failure!.Value.Step, failure.Value.Error));
    }

    [Fact]
    public void Group_Unknown_FailsAtTheGroupStep()
    {
        _config.Group = "nobody-knows";

        Assert.Equal(SpawnStep.Group, Resolve().Failure!.Value.Step);
    }

    [Fact]
    public void Root_WithoutAnyFile_IsRootAndKeepsItsGroups()
    {
        _config.User = "root";

        var identity = Resolve().Identity!;

        Assert.Equal((0u, 0u, "/root"), (identity.Uid, identity.Gid, identity.Home));
        Assert.Null(identity.Groups);
    }

    [Fact]
    public void DynamicUser_OfAUnit_IsAFreeOneAndStaysTheSame()
    {
        _config.DynamicUser = true;
        var dynamic = new DynamicUsers();

        var first = IdentityResolver.Resolve(_config, "foo.service", _directory, dynamic).Identity!;
        var again = IdentityResolver.Resolve(_config, "foo.service", _directory, dynamic).Identity!;
        var other = IdentityResolver.Resolve(_config, "bar.service", _directory, dynamic).Identity!;

        Assert.InRange(first.Uid!.Value, 61184u, 65519u);
        Assert.Equal("foo", first.Name);
        Assert.Equal(first.Uid, again.Uid);
        Assert.NotEqual(first.Uid, other.Uid);
    }

    [Fact]
    public void Answers_OfTheHelper_FillWhatTheFilesDoNotHave()
    {
        var answers = new NssAnswers(_directory);
        answers.Add("user\tldap\tldap\t5000\t5001\t/home/ldap\t/bin/sh\t5001,5002\nnonsense\nuser\tx\tx\t0day\t1\t/\t/\t\ngroup\tteam\tteam\t5003\n");
        _config.User = "ldap";
        _config.SupplementaryGroups.Add("team");

        var identity = IdentityResolver.Resolve(_config, "a.service", answers, new DynamicUsers()).Identity!;

        Assert.Equal([5001u, 5002, 5003], identity.Groups!);
        Assert.Null(answers.User("x"));
    }

    private IdentityResolver.Outcome Resolve() => IdentityResolver.Resolve(_config, "a.service", _directory, new DynamicUsers());

    private sealed class Directory_ : IUserDirectory
    {
        public UserEntry? User(string nameOrId) =>
            nameOrId is "www" or "33" ? new UserEntry("www", 33, 33, "/var/www", "/usr/sbin/nologin") : null;

        public GroupEntry? Group(string nameOrId) => nameOrId switch
        {
            "adm" => new GroupEntry("adm", 4, []),
            "ssl" => new GroupEntry("ssl", 110, ["www"]),
            _ => null,
        };

        public uint[] GroupsOf(UserEntry user, uint gid) => [gid, 110];
    }
}
