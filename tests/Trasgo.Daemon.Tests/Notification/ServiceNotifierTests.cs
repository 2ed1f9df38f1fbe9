using System.Runtime.InteropServices;
using System.Text;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;

namespace Trasgo.Daemon.Tests.Notification;

public sealed class ServiceNotifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Manager _manager;
    private readonly ServiceNotifier _notifier;

    public ServiceNotifierTests()
    {
        _manager = new Manager(Address);
        _notifier = new ServiceNotifier(Address);
    }

    private string Address => _folder["notify"];

    public static TheoryData<string> Messages => [.. s_messages.Keys];

    private static readonly Dictionary<string, Func<ServiceNotifier, bool>> s_messages = new()
    {
        ["READY=1"] = notifier => notifier.Ready(),
        ["READY=1\nSTATUS=up, at last"] = notifier => notifier.Ready("up, at last"),
        ["STOPPING=1\nSTATUS=two lines"] = notifier => notifier.Stopping("two\nlines"),
        ["STATUS=größer READY=1"] = notifier => notifier.Status("größer\nREADY=1"),
        ["ERRNO=98"] = notifier => notifier.Failed(98),
        ["BUSERROR=org.freedesktop.DBus.Error.TimedOut"] = notifier => notifier.FailedOnBus("org.freedesktop.DBus.Error.TimedOut"),
        ["EXIT_STATUS=75"] = notifier => notifier.ExitStatus(75),
        ["NOTIFYACCESS=exec"] = notifier => notifier.SetAccess(NotifyAccess.Exec),
        ["NOTIFYACCESS=all"] = notifier => notifier.SetAccess(NotifyAccess.All),
        ["MAINPID=4711"] = notifier => notifier.MainProcess(4711),
        ["EXTEND_TIMEOUT_USEC=1500000"] = notifier => notifier.ExtendTimeout(TimeSpan.FromSeconds(1.5)),
        ["WATCHDOG=1"] = notifier => notifier.KeepAlive(),
        ["WATCHDOG=trigger"] = notifier => notifier.TriggerWatchdog(),
        ["WATCHDOG_USEC=20000"] = notifier => notifier.SetWatchdogInterval(TimeSpan.FromMilliseconds(20)),
        ["FDSTOREREMOVE=1\nFDNAME=queue"] = notifier => notifier.RemoveStoredDescriptors("queue"),
        ["X_OWN=1\nX_MORE=2"] = notifier => notifier.Notify("X_OWN=1\nX_MORE=2"),
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Method_WithAManager_SendsItsAssignments(string expected)
    {
        Assert.True(s_messages[expected](_notifier));

        Assert.Equal(expected, _manager.Receive());
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Method_WithoutAManager_DoesNothingAndSaysSo(string expected)
    {
        Assert.False(s_messages[expected](new ServiceNotifier(null)));
        Assert.False(s_messages[expected](new ServiceNotifier("")));
    }

    [SkippableFact]
    public void Ready_ComparedWithDebiansSystemdNotify_IsTheSameDatagram()
    {
        Skip.If(Peer.Find("systemd-notify") is null, "systemd-notify is not installed");

        using var tool = Probe.StartUnder([Peer.Find("systemd-notify")!, "--ready", "--status=up", "--no-block"], ("NOTIFY_SOCKET", Address));
        string? theirs = _manager.Receive();
        _notifier.Ready("up");

        Assert.Equal(string.Join('\n', theirs!.Split('\n').Order(StringComparer.Ordinal)), _manager.Receive());
    }

    [Fact]
    public void Reloading_Sent_HasTheMonotonicTime()
    {
        long Microseconds() => (long)(double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) * 1_000_000);
        long before = Microseconds();
        _notifier.Reloading("again");

        string[] lines = _manager.Receive()!.Split('\n');
        Assert.Equal(["RELOADING=1", "STATUS=again"], [lines[0], lines[2]]);
        Assert.InRange(long.Parse(lines[1]["MONOTONIC_USEC=".Length..]), before - 5_000_000, Microseconds() + 5_000_000);
    }

    [Fact]
    public void Notify_ToAnAbstractName_Arrives()
    {
        string address = "@trasgo-daemon-tests-" + Guid.NewGuid();
        using var manager = new Manager(address);

        Assert.True(new ServiceNotifier(address).Ready());
        Assert.Equal("READY=1", manager.Receive());
    }

    [Fact]
    public void Notify_ToASocketThatIsNotThere_NamesItAndTheError()
    {
        var error = Assert.Throws<DaemonException>(() => new ServiceNotifier(_folder["gone"]).Ready());

        Assert.Equal((2, $"cannot notify {_folder["gone"]}: No such file or directory"), (error.Errno, error.Message));
    }

    [Theory]
    [InlineData("relative/path")]
    [InlineData("@")]
    [InlineData("vsock:2:1234")]
    public void Notifier_OfWhatIsNoAddress_IsRefused(string address) => Assert.Throws<DaemonException>(() => new ServiceNotifier(address));

    [Fact]
    public void Notifier_OfAnAddressThatIsTooLong_IsRefused()
    {
        Assert.Throws<DaemonException>(() => new ServiceNotifier("/" + new string('a', 108)));
        Assert.True(new ServiceNotifier("/" + new string('a', 107)).IsAvailable);
    }

    [Fact]
    public void StoreDescriptors_OfTwoFiles_HandsBothOver()
    {
        File.WriteAllText(_folder["one"], "first");
        File.WriteAllText(_folder["two"], "second");
        using var one = File.OpenHandle(_folder["one"]);
        using var two = File.OpenHandle(_folder["two"]);

        Assert.True(_notifier.StoreDescriptors([one, two], "queue", dropOnHangUp: false));

        Assert.Equal("FDSTORE=1\nFDNAME=queue\nFDPOLL=0", _manager.Receive(out var received));
        Assert.Equal(["first", "second"], received.Select(Content));
        Assert.False(one.IsClosed);
    }

    [Theory]
    [InlineData("with:colon")]
    [InlineData("")]
    [InlineData("line\nbreak")]
    [InlineData("ünicode")]
    public void StoreDescriptors_UnderWhatIsNoName_IsRefused(string name)
    {
        using var file = File.OpenHandle("/dev/null");

        Assert.ThrowsAny<ArgumentException>(() => _notifier.StoreDescriptors([file], name));
        Assert.ThrowsAny<ArgumentException>(() => _notifier.StoreDescriptors([file], new string('a', 256)));
    }

    [Fact]
    public void Notify_WithMoreDescriptorsThanTheKernelTakes_IsRefused()
    {
        using var file = File.OpenHandle("/dev/null");

        Assert.Throws<ArgumentOutOfRangeException>(() => _notifier.Notify("X=1", Enumerable.Repeat<SafeHandle>(file, 254).ToArray()));
        Assert.True(_notifier.Notify("X=1", Enumerable.Repeat<SafeHandle>(file, 253).ToArray()));
        _manager.Receive(out var received);
        Assert.Equal(253, received.Length);
        Array.ForEach(received, one => one.Dispose());
    }

    [Fact]
    public async Task Barrier_UntilTheManagerClosesTheDescriptor_Waits()
    {
        var barrier = Task.Run(() => _notifier.Barrier(TimeSpan.FromSeconds(20)));
        Assert.Equal("BARRIER=1", _manager.Receive(out var received));
        Assert.False(barrier.IsCompleted);

        Assert.Single(received).Dispose();

        Assert.True(await barrier);
    }

    [Fact]
    public void Barrier_WithAManagerThatDoesNotRead_FailsInTime()
    {
        var error = Assert.Throws<DaemonException>(() => _notifier.Barrier(TimeSpan.FromMilliseconds(50)));

        Assert.Equal(110, error.Errno);
        Assert.False(new ServiceNotifier(null).Barrier(TimeSpan.Zero));
    }

    public void Dispose()
    {
        _manager.Dispose();
        _folder.Dispose();
    }

    private static string Content(Microsoft.Win32.SafeHandles.SafeFileHandle file)
    {
        byte[] buffer = new byte[100];
        int count = RandomAccess.Read(file, buffer, 0);
        file.Dispose();
        return Encoding.UTF8.GetString(buffer, 0, count);
    }
}
