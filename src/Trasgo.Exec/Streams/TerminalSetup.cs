using System.Globalization;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec;

/// <summary>
/// The terminal of a command - that of TTYPath=, or one that it was given as its standard input: made ready before the command starts,
/// and left in order when the unit is down (systemd.exec(5), TTYReset= and its neighbours). A terminal that does not answer is no reason
/// not to start; only one that cannot be given to the command's user is.
/// </summary>
/// <param name="config">The settings.</param>
/// <param name="given">The standard input that the command was given, if it was.</param>
/// <param name="opensByPath">Off where streams were given: then no terminal is opened by its path.</param>
/// <param name="owner">Who is to have the terminal.</param>
/// <param name="log">Where the manager and its services log. Hanging that up would silence all that runs already.</param>
internal sealed class TerminalSetup(ExecConfig config, Descriptor? given, bool opensByPath, uint? owner, Descriptor? log)
{
    private const string Devices = "/dev/";
    private const uint TerminalGroup = 5;
    private const uint OwnerAndGroup = 0x190;

    /// <summary>Clears the scrolling region, goes home, and erases the screen with what was scrolled out of it.</summary>
    private static readonly byte[] s_clear = "\e[r\e[H\e[3J"u8.ToArray();

    private string? Path => opensByPath ? PathOf(config) : null;

    private bool ReadsByPath => opensByPath && given is null && IsTerminal(config.StandardInput);

    private bool HasSize => config.TtyRows != uint.MaxValue || config.TtyColumns != uint.MaxValue;

    /// <summary>Whether there is anything to be prepared.</summary>
    public static bool IsNeeded(ExecConfig config, bool isGiven, bool opensByPath) =>
        isGiven || (opensByPath && (IsTerminal(config.StandardInput) || config.TtyReset || config.TtyVHangup || config.TtyVtDisallocate));

    public static string PathOf(ExecConfig config) => config.TtyPath ?? "/dev/console";

    public static bool IsTerminal(ExecInput input) => input is ExecInput.Tty or ExecInput.TtyForce or ExecInput.TtyFail;

    public static bool IsTerminal(ExecOutput output) => output is ExecOutput.Tty or ExecOutput.KmsgAndConsole or ExecOutput.JournalAndConsole;

    /// <summary>On the spawner's thread: a device may take its time.</summary>
    public SpawnFailure? Prepare()
    {
        if (given is not null)
        {
            if (!Terminal.IsTerminal(given))
            {
                return null;
            }

            if (config.TtyVHangup)
            {
                Terminal.HangUp(given);
            }

            Terminal.Reset(given);
            return Adjust(given);
        }

        Restore();
        return ReadsByPath && (HasSize || owner is not null) && Open(PathOf(config)) is { } terminal ? AdjustAndClose(terminal) : null;
    }

    /// <summary>Nobody's any more: it is as a getty would expect it, and belongs to root.</summary>
    public void Revert()
    {
        Restore();
        if (Path is not { } path || !MayTouch)
        {
            return;
        }

        var opened = FileSystem.Open(path, OpenFlags.PathOnly);
        if (!opened.Ok)
        {
            return;
        }

        using var inode = opened.Value;
        if (FileSystem.Status(inode) is { Ok: true, Value.IsCharacterDevice: true })
        {
            _ = FileSystem.ChangeMode($"/proc/self/fd/{inode.Raw.ToString(CultureInfo.InvariantCulture)}", OwnerAndGroup);
            _ = FileSystem.ChangeOwnerOfInode(inode, 0, TerminalGroup);
        }
    }

    private bool MayTouch => config.TtyReset || config.TtyVHangup || config.TtyVtDisallocate ||
        IsTerminal(config.StandardInput) || IsTerminal(config.StandardOutput) || IsTerminal(config.StandardError);

    private void Restore()
    {
        if (Path is not { } path)
        {
            return;
        }

        // A terminal that was hung up has to be opened anew.
        With(path, config.TtyVHangup && !IsOfTheLog(path), Terminal.HangUp);
        With(path, config.TtyReset, Terminal.Reset);
        if (config.TtyVtDisallocate)
        {
            Disallocate(path);
        }
    }

    private bool IsOfTheLog(string path) => log is not null &&
        FileSystem.Status(log) is { Ok: true, Value: { IsCharacterDevice: true, RawDevice: var ours } } &&
        FileSystem.Status(path) is { Ok: true, Value.RawDevice: var theirs } && theirs == ours;

    private static void With(string path, bool wanted, Action<Descriptor> act)
    {
        if (wanted && Open(path) is { } terminal)
        {
            using (terminal)
            {
                act(terminal);
            }
        }
    }

    /// <summary>The console in front cannot be given back, and other terminals not at all: they are at least cleared.</summary>
    private static void Disallocate(string path)
    {
        if (ConsoleNumber(path) is { } number && Open("/dev/tty0") is { } any)
        {
            using (any)
            {
                if (Terminal.Disallocate(any, number))
                {
                    return;
                }
            }
        }

        With(path, wanted: true, static terminal => _ = FileSystem.Write(terminal, s_clear));
    }

    private static int? ConsoleNumber(string path) =>
        path.StartsWith(Devices + "tty", StringComparison.Ordinal) &&
        int.TryParse(path.AsSpan(Devices.Length + "tty".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;

    private SpawnFailure? AdjustAndClose(Descriptor terminal)
    {
        using (terminal)
        {
            return Adjust(terminal);
        }
    }

    private SpawnFailure? Adjust(Descriptor terminal)
    {
        Terminal.SetSize(terminal.Raw, Limited(config.TtyRows), Limited(config.TtyColumns));
        if (owner is not { } uid)
        {
            return null;
        }

        var error = FileSystem.ChangeOwner(terminal, uid, uint.MaxValue);
        error = error == Errno.None ? FileSystem.ChangeMode(terminal, OwnerAndGroup) : error;
        return error == Errno.None ? null : new SpawnFailure(SpawnStep.Stdin, error, "Failed to change ownership of terminal");
    }

    private static ushort? Limited(uint size) => size == uint.MaxValue ? null : (ushort)Math.Min(size, ushort.MaxValue);

    /// <summary>Without waiting for a carrier, and without making it ours.</summary>
    private static Descriptor? Open(string path) =>
        FileSystem.Open(path, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal | OpenFlags.NonBlock) is { Ok: true, Value: var terminal } ? terminal : null;
}
