using System.Text;

namespace Trasgo.Linux.Tests;

public sealed class MountTableTests
{
    [Fact]
    public void Line_WithOptionalFieldsAndEscapes_IsUnderstood()
    {
        var entry = Assert.Single(MountTable.Parse(Encoding.UTF8.GetBytes(
            "36 35 98:0 /root /mnt/a\\040b\\134c rw,noatime master:1 shared:7 - ext3 /dev/my\\040disk rw,errors=continue\n")));

        Assert.Equal(new MountEntry(36, 35, "98:0", "/root", "/mnt/a b\\c", "rw,noatime", "ext3", "/dev/my disk", "rw,errors=continue"), entry);
    }

    [Theory]
    [InlineData("")]
    [InlineData("36")]
    [InlineData("36 35 98:0 / /mnt rw")]
    [InlineData("36 35 98:0 / /mnt rw -")]
    [InlineData("x 35 98:0 / /mnt rw - ext3 /dev/x rw")]
    public void Line_ThatMakesNoSense_IsLeftOut(string line) => Assert.Empty(MountTable.Parse(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void Noise_OfAnyKind_NeverThrows()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(200)];
            for (var j = 0; j < bytes.Length; j++)
            {
                bytes[j] = (byte)" -\\0179\n/x\xff"[random.Next(11)];
            }

            MountTable.Parse(bytes);
        }
    }

    [Fact]
    public void Table_OfThisProcess_HasARootAndProc()
    {
        var entries = MountTable.Read().OrThrow("mountinfo");

        Assert.Contains(entries, static e => e.MountPoint == "/");
        Assert.Contains(entries, static e => e is { MountPoint: "/proc", Type: "proc" });
    }

    [SkippableFact]
    public void Change_OfTheTable_IsReported()
    {
        Skip.IfNot(ProcessControl.EffectiveUid == 0, "mounting needs root");
        using var directory = new TemporaryDirectory();
        using var loop = new EventLoop();
        var changes = 0;
        using var watch = MountTable.Watch(loop, () => changes++).OrThrow("watch");
        loop.RunOnce(0);
        changes = 0;

        var error = Mounting.Mount("none", directory.Path, "tmpfs");
        Skip.If(error == Errno.EPERM, "mounting is forbidden here");
        try
        {
            var deadline = SystemTime.Instance.Now(Clock.Monotonic) + 10_000_000;
            while (changes == 0 && SystemTime.Instance.Now(Clock.Monotonic) < deadline)
            {
                loop.RunOnce(100_000);
            }

            Assert.True(changes > 0);
            Assert.Contains(MountTable.Read().Value, e => e.MountPoint == directory.Path && e.Type == "tmpfs");
        }
        finally
        {
            Mounting.Unmount(directory.Path);
        }
    }
}
