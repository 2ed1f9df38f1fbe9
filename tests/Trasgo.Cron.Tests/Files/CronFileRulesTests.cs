namespace Trasgo.Cron.Tests;

/// <summary>Which files are believed, as by Debian's cron(8).</summary>
public sealed class CronFileRulesTests
{
    [Theory]
    [InlineData("job", true)]
    [InlineData("e2scrub_all", true)]
    [InlineData("A-1_b", true)]
    [InlineData(".placeholder", false)]
    [InlineData("job.dpkg-new", false)]
    [InlineData("job~", false)]
    [InlineData("job.sh", false)]
    public void Name_InCronD_IsReadIfRunPartsWouldTakeIt(string name, bool isRead)
    {
        var world = new CronWorld();
        world.File($"{CronTables.SystemDirectory}/{name}", "@daily root x\n");

        Assert.Equal(isRead ? 1 : 0, world.ReadCron().Count);
        Assert.Empty(world.Messages);
    }

    [Theory]
    [InlineData(0x1A4U, 0U, true, null)]
    [InlineData(0x180U, 0U, true, null)]
    [InlineData(0x1ACU, 0U, true, null)]
    [InlineData(0x1B4U, 0U, true, "INSECURE MODE (group/other writable)")]
    [InlineData(0x1A6U, 0U, true, "INSECURE MODE (group/other writable)")]
    [InlineData(0x1A4U, 1000U, true, "WRONG FILE OWNER (root expected)")]
    [InlineData(0x1A4U, 0U, false, "NOT A REGULAR FILE")]
    public void SystemTable_OfEachKind_IsBelievedOrNot(uint mode, uint owner, bool isRegular, string? refusal)
    {
        var world = new CronWorld();
        world.File("/etc/cron.d/job", "@daily root x\n", mode, owner, isRegular: isRegular);

        Assert.Equal(refusal is null ? 1 : 0, world.ReadCron().Count);
        Assert.Equal(refusal is null ? [] : [$"/etc/cron.d/job: {refusal}, the file is ignored"], world.Messages);
    }

    [Fact]
    public void SystemTable_BehindALinkOfSomebodyElse_IsNotBelieved()
    {
        var world = new CronWorld();
        world.File("/etc/cron.d/good", "@daily root x\n", linkOwner: 0);
        world.File("/etc/cron.d/bad", "@daily root x\n", linkOwner: 1000);

        Assert.Single(world.ReadCron());
        Assert.Equal(["/etc/cron.d/bad: WRONG SYMLINK OWNER (root expected), the file is ignored"], world.Messages);
    }

    [Theory]
    [InlineData("alice", 0x180U, 1000U, 1UL, null)]
    [InlineData("alice", 0x180U, 0U, 1UL, null)]
    [InlineData("alice", 0x180U, 1001U, 1UL, "WRONG FILE OWNER")]
    [InlineData("alice", 0x1A4U, 1000U, 1UL, "INSECURE MODE (mode 0600 expected)")]
    [InlineData("alice", 0x180U, 1000U, 2UL, "WRONG NUMBER OF LINKS (one expected)")]
    [InlineData("mallory", 0x180U, 4711U, 1UL, "ORPHAN (no passwd entry)")]
    public void UserTable_OfEachKind_IsBelievedOrNot(string user, uint mode, uint owner, ulong links, string? refusal)
    {
        var world = new CronWorld();
        var path = $"{CronTables.UserDirectory}/{user}";
        world.File(path, "@daily x\n", mode, owner, links);

        Assert.Equal(refusal is null ? 1 : 0, world.ReadCron().Count);
        Assert.Equal(refusal is null ? [] : [$"{path}: {refusal}, the file is ignored"], world.Messages);
    }
}
