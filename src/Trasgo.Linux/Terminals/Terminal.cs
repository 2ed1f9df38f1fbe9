namespace Trasgo.Linux;

/// <summary>What we ask of terminals, and what we do to them. None of it waits for a line to drain.</summary>
internal static unsafe class Terminal
{
    private const int GetWindowSize = 0x5413;
    private const int SetWindowSize = 0x5414;
    private const int HangUpAll = 0x5437;
    private const int GiveUpTerminal = 0x5422;
    private const int GiveUpExclusiveMode = 0x540D;
    private const int SetKeyboardMode = 0x4B45;
    private const int SetDisplayMode = 0x4B3A;
    private const int DisallocateConsole = 0x5608;
    private const int TextMode = 0;
    private const int TranslatedKeys = 1;
    private const int UnicodeKeys = 3;
    private const int BothQueues = 2;

    public static bool IsTerminal(int fd)
    {
        TerminalAttributes attributes;
        return Libc.tcgetattr(fd, &attributes) == 0;
    }

    public static bool IsTerminal(Descriptor fd) => IsTerminal(fd.Raw);

    /// <summary>Columns and rows; null when it is no terminal or does not know.</summary>
    public static (int Columns, int Rows)? Size(int fd) => SizeOf(fd) is { Columns: > 0 } size ? (size.Columns, size.Rows) : null;

    /// <summary>Sets what is given and leaves the rest.</summary>
    public static void SetSize(int fd, ushort? rows, ushort? columns)
    {
        if ((rows ?? columns) is null || SizeOf(fd) is not { } size)
        {
            return;
        }

        size.Rows = rows ?? size.Rows;
        size.Columns = columns ?? size.Columns;
        Libc.ioctl(fd, SetWindowSize, &size);
    }

    /// <summary>As a program expects to find it, whoever used it before. What the hardware needs - speed, parity - is left alone.</summary>
    public static void Reset(Descriptor fd)
    {
        if (TerminalMode.Of(fd.Raw) is not { } mode)
        {
            return;
        }

        Command(fd, GiveUpExclusiveMode, 0);
        Command(fd, SetDisplayMode, TextMode);
        Command(fd, SetKeyboardMode, IsUtf8Console() ? UnicodeKeys : TranslatedKeys);
        mode.Sane().Apply(fd.Raw);
        Libc.tcflush(fd.Raw, BothQueues);
    }

    /// <summary>Ends the session of whoever has it open (vhangup(2)).</summary>
    public static void HangUp(Descriptor fd) => Command(fd, HangUpAll, 0);

    /// <summary>
    /// Has no controlling terminal from here on: a container's manager starts PID 1 with one, and then no getty could have it. The SIGHUP
    /// that the kernel sends for it is taken back; the signal must be blocked.
    /// </summary>
    public static void ReleaseControlling()
    {
        var opened = FileSystem.Open("/dev/tty", OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal | OpenFlags.NonBlock);
        if (!opened.Ok)
        {
            return;
        }

        using var terminal = opened.Value;
        if (Command(terminal, GiveUpTerminal, 0))
        {
            var hangUp = SignalSet.Of(Signo.SIGHUP).Bits;
            TimeSpecification atOnce = default;
            _ = Libc.sigtimedwait(&hangUp, null, &atOnce);
        }
    }

    /// <summary>Gives a virtual console back to the kernel; false if somebody still has it open.</summary>
    public static bool Disallocate(Descriptor anyConsole, int number) => Command(anyConsole, DisallocateConsole, number);

    private static WindowSize? SizeOf(int fd)
    {
        WindowSize size;
        return Libc.ioctl(fd, GetWindowSize, &size) == 0 ? size : null;
    }

    private static bool IsUtf8Console() =>
        FileSystem.Read("/sys/module/vt/parameters/default_utf8", 16) is not { Ok: true, Value: [not (byte)'1', ..] };

    private static bool Command(Descriptor fd, nuint request, nint argument) => Libc.ioctl(fd.Raw, request, (void*)argument) >= 0;
}
