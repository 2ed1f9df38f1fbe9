using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>termios(3), and what comes of losing a terminal.</summary>
internal static unsafe partial class Libc
{
    [LibraryImport(Name, SetLastError = true)]
    public static partial int tcgetattr(int fd, TerminalAttributes* attributes);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int tcsetattr(int fd, int when, TerminalAttributes* attributes);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int tcflush(int fd, int queue);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int sigtimedwait(ulong* set, void* information, TimeSpecification* timeout);
}

/// <summary>struct termios</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TerminalAttributes
{
    public uint Input;
    public uint Output;
    public uint Control;
    public uint Local;
    public byte Line;
    public ControlCharacters Characters;
    public uint InputSpeed;
    public uint OutputSpeed;

    [InlineArray(32)]
    internal struct ControlCharacters
    {
        private byte _first;
    }
}

/// <summary>struct winsize</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WindowSize
{
    public ushort Rows;
    public ushort Columns;
    public ushort Width;
    public ushort Height;
}
