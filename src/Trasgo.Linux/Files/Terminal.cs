using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>What we ask of terminals.</summary>
internal static unsafe class Terminal
{
    private const int GetAttributes = 0x5401;
    private const int GetWindowSize = 0x5413;

    public static bool IsTerminal(int fd)
    {
        var attributes = stackalloc byte[64];
        return Libc.ioctl(fd, GetAttributes, attributes) == 0;
    }

    /// <summary>Columns and rows; null when it is no terminal or does not know.</summary>
    public static (int Columns, int Rows)? Size(int fd)
    {
        WindowSize size;
        return Libc.ioctl(fd, GetWindowSize, &size) == 0 && size.Columns > 0 ? (size.Columns, size.Rows) : null;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }
}
