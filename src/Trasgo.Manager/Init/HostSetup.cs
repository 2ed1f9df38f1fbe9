using System.Text;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// What PID 1 sees to once the API file systems are there: the loopback interface, the host's name, its ID, and the directories in /run
/// by which programs know that a service manager is running (sd_booted(3)). Nothing of it is worth not booting for.
/// </summary>
internal sealed class HostSetup(IEngineLog log, string root = "")
{
    private const int HostNameMax = 64;
    private const string Uninitialized = "uninitialized";

    /// <summary>Mode of each directory, parents first.</summary>
    private static readonly (string Path, uint Mode)[] s_directories =
    [
        ("/run/systemd", 0x1ED), ("/run/systemd/system", 0x1ED), ("/run/systemd/units", 0x1ED), ("/run/systemd/ask-password", 0x1ED),
        ("/run/systemd/journal", 0x1ED), ("/run/systemd/inaccessible", 0x1ED), ("/run/lock", 0x3FF),
    ];

    /// <summary>Whether /etc/ was never set up on this host (ConditionFirstBoot=). Known after <see cref="Run"/>.</summary>
    public bool IsFirstBoot { get; private set; }

    public void Run()
    {
        MakeDirectories();
        NoteContainer();
        Check(NetworkInterface.BringUp("lo"), "bring up the loopback interface");
        SetHostName();
        SetMachineId();
    }

    internal void MakeDirectories()
    {
        foreach (var (path, mode) in s_directories)
        {
            var error = FileSystem.MakeDirectory(root + path, mode);
            if (error == Errno.None)
            {
                // The umask took bits from the mode, the sticky one never arrives.
                error = FileSystem.ChangeMode(root + path, mode);
            }

            Check(error == Errno.EEXIST ? Errno.None : error, "make " + path);
        }

        MakeInaccessible();
    }

    /// <summary>Nodes of every kind that nobody may open: InaccessiblePaths= binds them over what it hides.</summary>
    private void MakeInaccessible()
    {
        var at = root + "/run/systemd/inaccessible/";
        _ = FileSystem.MakeNode(at + "reg", 0x8000, 0, 0);
        _ = FileSystem.MakeDirectory(at + "dir", 0);
        _ = FileSystem.MakeFifo(at + "fifo", 0);
        _ = FileSystem.MakeNode(at + "sock", 0xC000, 0, 0);
        _ = FileSystem.MakeNode(at + "chr", 0x2000, 0, 0);
        _ = FileSystem.MakeNode(at + "blk", 0x6000, 0, 0);
    }

    /// <summary>For those who may not read our environment.</summary>
    private void NoteContainer()
    {
        if (Environment.GetEnvironmentVariable("container") is { Length: > 0 } name)
        {
            Write("/run/systemd/container", name + "\n");
        }
    }

    /// <summary>systemd.hostname= of the kernel's command line, or /etc/hostname; a name that is set already is kept without either.</summary>
    private void SetHostName()
    {
        var current = HostText.Line("/proc/sys/kernel/hostname");
        var wanted = KernelCommandLine.Value("systemd.hostname") ?? ReadHostName();
        if (wanted is null && string.IsNullOrEmpty(current) | current == "(none)")
        {
            wanted = "localhost";
        }

        if (wanted is not null && wanted != current)
        {
            Check(Mounting.SetHostName(wanted), $"set the hostname to {wanted}");
        }
    }

    /// <summary>The first line that is no comment (hostname(5)).</summary>
    internal string? ReadHostName()
    {
        foreach (var line in (HostText.All(root + "/etc/hostname") ?? "").Split('\n'))
        {
            var name = line.Trim().TrimEnd('.');
            if (name.Length > 0 && name[0] is not '#')
            {
                return IsHostName(name) ? name : null;
            }
        }

        return null;
    }

    internal static bool IsHostName(string name) =>
        name.Length is > 0 and <= HostNameMax && name.Split('.').All(static label => label.Length is > 0 and <= 63
            && label[0] != '-' && label[^1] != '-' && label.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    /// <summary>
    /// machine-id(5). A missing file, or one that says so, marks the first boot. Where /etc/ cannot be written the ID is this boot's only, and
    /// bound over the file if there is one.
    /// </summary>
    internal void SetMachineId()
    {
        const string Path = "/etc/machine-id";
        var text = HostText.Line(root + Path)?.Trim();
        if (text is not null && MachineId.TryParse(text, out _))
        {
            return;
        }

        IsFirstBoot = text is null or Uninitialized;
        if (IsFirstBoot)
        {
            Write("/run/systemd/first-boot", "");
        }

        var id = NewMachineId();
        if (Write(Path, id + "\n"))
        {
            _ = FileSystem.ChangeMode(root + Path, 0x124); // 0444
        }
        else if (Write("/run/machine-id", id + "\n") && text is not null)
        {
            Check(Mounting.Mount(root + "/run/machine-id", root + Path, type: null, MountFlags.Bind), "bind /etc/machine-id");
        }
    }

    /// <summary>The container manager's, or D-Bus's, so that the host stays the one it was; else a random one, marked as a UUID of version 4.</summary>
    private string NewMachineId()
    {
        foreach (var known in (ReadOnlySpan<string?>)[HostText.Line(root + "/var/lib/dbus/machine-id"), Environment.GetEnvironmentVariable("container_uuid")])
        {
            if (known is not null && MachineId.TryParse(known.Trim(), out var id))
            {
                return id;
            }
        }

        return RandomIds.Next();
    }

    private bool Write(string path, string text)
    {
        var opened = FileSystem.Open(root + path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate | OpenFlags.NoFollow | OpenFlags.NoControllingTerminal, 0x1A4);
        if (!opened.Ok)
        {
            Check(opened.Error, "write " + path);
            return false;
        }

        using var fd = opened.Value;
        var written = FileSystem.Write(fd, Encoding.UTF8.GetBytes(text));
        Check(written.Error, "write " + path);
        return written.Ok;
    }

    private void Check(Errno error, string what)
    {
        if (error != Errno.None)
        {
            log.Write(LogLevel.Notice, unit: null, $"Failed to {what}: {ErrnoNames.Message(error)}");
        }
    }
}
