using System.Globalization;
using System.Net;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;

namespace Trasgo.Daemon.Tests.Privileges;

/// <summary>daemon(7), "SysV Daemons", step 13: who the process is afterwards, as the kernel tells it.</summary>
public sealed class DaemonUserTests : IDisposable
{
    private const string Password = "root:x:0:0::/root:/bin/sh\nalice:x:7001:7001::/home/alice:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n";
    private const string Group = "root:x:0:\nalice:x:7001:\nprint:x:7002:bob,alice\nscan:x:7003:alice\nsecret:x:7004:bob\n";

    private readonly TemporaryFolder _folder = new();

    [SkippableTheory]
    [InlineData("alice", null, "alice 7001 7001 7001,7002,7003 /home/alice", "7001 7001 7001 7001", "7001 7002 7003")]
    [InlineData("7001", null, "alice 7001 7001 7001,7002,7003 /home/alice", "7001 7001 7001 7001", "7001 7002 7003")]
    [InlineData("alice", "secret", "alice 7001 7004 7002,7003,7004 /home/alice", "7004 7004 7004 7004", "7002 7003 7004")]
    public void Become_AsRoot_MakesEveryThreadTheUserWithTheGroupsOfTheDataBase(string user, string? group, string expected, string groupIds, string groups)
    {
        using var probe = StartAsRoot(group is null ? ["become", user] : ["become", user, group]);
        int port = int.Parse(probe.ReadLine() ?? probe.Errors(), CultureInfo.InvariantCulture);

        Assert.Equal(expected, probe.ReadLine());
        Assert.Equal("shadow: False", probe.ReadLine());
        Assert.Equal($"Uid: 7001 7001 7001 7001 | Gid: {groupIds} | Groups: {groups}", probe.ReadLine());
        string[] threads = Directory.GetDirectories($"/proc/{probe.Id}/task");
        Assert.True(threads.Length > 3, "a probe with one thread proves nothing");
        Assert.All(threads, thread =>
        {
            string[] status = File.ReadAllLines(thread + "/status");
            Assert.Contains("Uid:\t7001\t7001\t7001\t7001", status);
            Assert.Contains("Gid:\t" + groupIds.Replace(' ', '\t'), status);
            Assert.Equal(groups, status.First(line => line.StartsWith("Groups:"))["Groups:".Length..].Trim());
            Assert.Contains("CapPrm:\t0000000000000000", status);
            Assert.Contains("CapEff:\t0000000000000000", status);
        });

        // The port was bound as root, and is served as the user.
        using var client = new Client(IPAddress.Loopback, port);
        Assert.Equal("accepted", probe.ReadLine());
    }

    [SkippableFact]
    public void Become_WithAPidFileInADirectoryOfRoot_EmptiesTheFileAtTheEnd()
    {
        using var probe = StartAsRoot(["become", "alice"]);
        int port = int.Parse(probe.ReadLine() ?? probe.Errors(), CultureInfo.InvariantCulture);
        Assert.Equal($"{probe.Id}\n", File.ReadAllText(_folder["d.pid"]));
        using (new Client(IPAddress.Loopback, port))
        {
            probe.ReadUntil("accepted");
        }

        probe.CloseInput();

        Assert.Equal(0, probe.WaitForExit());
        Assert.Equal("", File.ReadAllText(_folder["d.pid"]));
        Assert.Null(PidFile.FindHolder(_folder["d.pid"]));
    }

    [SkippableTheory]
    [InlineData("there is no user carol", "carol")]
    [InlineData("there is no user 7009", "7009")]
    [InlineData("there is no user alice bob", "alice bob")]
    [InlineData("there is no group tape", "alice", "tape")]
    [InlineData("user root is root: a daemon gives up nothing by becoming that", "0")]
    [InlineData("user toor is root: a daemon gives up nothing by becoming that", "toor")]
    public void Find_OfNobodyToBecome_SaysWhatIsWrong(string message, params string[] names)
    {
        using var probe = StartAsRoot(["become", .. names]);

        Assert.Equal(1, probe.WaitForExit());
        Assert.Equal($"probe: {message}\n", probe.Errors());
    }

    [SkippableFact]
    public void Become_AsAnotherUser_IsNotPermitted()
    {
        using var probe = StartAs("--reuid=7005 --regid=7005 --clear-groups", "become", "alice");

        Assert.Equal(1, probe.WaitForExit());
        Assert.Equal("probe: cannot take the groups of user alice, being user 7005: Operation not permitted\n", probe.Errors());
    }

    [SkippableFact]
    public void Become_AsThatVeryUser_ChangesNothing()
    {
        using var probe = StartAs("--reuid=7001 --regid=7001 --groups=7002", "become", "alice");
        probe.ReadLine();
        probe.ReadUntil("alice 7001");
        probe.ReadUntil("shadow: False");

        Assert.Equal("Uid: 7001 7001 7001 7001 | Gid: 7001 7001 7001 7001 | Groups: 7002", probe.ReadLine());
    }

    [SkippableFact]
    public void Become_WithACapabilityThatOutlivesIt_IsRefused()
    {
        // A process that is not root keeps what it was given when it changes its user.
        using var probe = StartAs(
            "--reuid=7005 --regid=7005 --clear-groups --inh-caps=+setuid,+setgid --ambient-caps=+setuid,+setgid", "become", "alice");

        Assert.Equal(1, probe.WaitForExit());
        Assert.Equal("probe: became user alice, but could become root again: a capability is left\n", probe.Errors());
    }

    [SkippableFact]
    public void Become_WhereGroupsMayNotBeSet_SaysSo()
    {
        Skip.If(Peer.Find("unshare") is null, "unshare is not there");
        Skip.If(Peer.Run(Peer.Find("unshare")!, "--user", "--map-root-user", "echo", "yes") != "yes\n", "user namespaces are not permitted here");
        using var probe = Probe.StartUnder([Peer.Find("unshare")!, "--user", "--map-root-user", Probe.Path, "become", "nobody"], ("PROBE_PID_FILE", _folder["d.pid"]));

        Assert.Equal(1, probe.WaitForExit());
        Assert.Equal("probe: cannot take the groups of user nobody, being user 0: Operation not permitted\n", probe.Errors());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Find_OfAnEmptyName_IsRefused(string? name)
    {
        Assert.ThrowsAny<ArgumentException>(() => DaemonUser.Find(name!));
        Assert.ThrowsAny<ArgumentException>(() => DaemonUser.Find("nobody", ""));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>In a mount namespace of its own, with users and groups of its own.</summary>
    private Probe StartAsRoot(string[] arguments) => Start("exec \"$@\"", [Probe.Path, .. arguments]);

    /// <summary>As somebody else, from a place where everybody may read.</summary>
    private Probe StartAs(string options, params string[] arguments)
    {
        Skip.If(Peer.Find("setpriv") is null, "setpriv is not there");
        string place = _folder["everybody"];
        Directory.CreateDirectory(place);
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(Probe.Path)!))
        {
            File.Copy(file, Path.Combine(place, Path.GetFileName(file)));
        }

        File.SetUnixFileMode(_folder.Root, (UnixFileMode)0x1ed);   // 0755
        File.SetUnixFileMode(place, (UnixFileMode)0x3ff);          // 01777: the PID file is there
        return Start($"exec {Peer.Find("setpriv")} {options} \"$@\"", [Path.Combine(place, "probe"), .. arguments], place);
    }

    private Probe Start(string last, string[] command, string? pidFolder = null)
    {
        Namespaces.Require("--mount");
        File.WriteAllText(_folder["passwd"], Password);
        File.WriteAllText(_folder["group"], Group);
        string preparation = $"mount --bind {_folder["passwd"]} /etc/passwd && mount --bind {_folder["group"]} /etc/group && {last}";
        return Probe.StartUnder([.. Namespaces.Shell(preparation, "--mount"), .. command], ("PROBE_PID_FILE", Path.Combine(pidFolder ?? _folder.Root, "d.pid")));
    }
}
