namespace Trasgo.Linux;

/// <summary>reboot(2): for PID 1 only. In a PID namespace of its own it ends the namespace.</summary>
internal static unsafe class Reboot
{
    public static Errno Restart() => Do(0x01234567);

    /// <summary>LINUX_REBOOT_CMD_RESTART2: the firmware is handed the argument, "bootloader" for example.</summary>
    public static Errno RestartWith(string argument)
    {
        fixed (byte* text = Utf8.Terminated(argument))
        {
            return LastError.Of(Libc.syscall(SystemCall.Reboot, unchecked((int)0xFEE1DEAD), 0x28121969, unchecked((int)0xA1B2C3D4), (nint)text, 0, 0));
        }
    }

    public static Errno Halt() => Do(unchecked((int)0xCDEF0123));

    public static Errno PowerOff() => Do(0x4321FEDC);

    public static Errno KexecRestart() => Do(0x45584543);

    /// <summary>Ctrl-Alt-Del becomes SIGINT to PID 1 instead of an instant restart.</summary>
    public static Errno DisableCtrlAltDel() => Do(0);

    public static void SyncFileSystems() => Libc.sync();

    private static Errno Do(int command) => LastError.Of(Libc.reboot(command));
}
