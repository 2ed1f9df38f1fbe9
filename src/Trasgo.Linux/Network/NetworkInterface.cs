using System.Text;

namespace Trasgo.Linux;

/// <summary>What an init has to do with network interfaces: programs expect 127.0.0.1 to be there before any network is.</summary>
internal static unsafe class NetworkInterface
{
    private const int Internet = 2;
    private const int Datagram = 2;
    private const int CloseOnExec = 0x80000;
    private const int GetFlags = 0x8913;
    private const int SetFlags = 0x8914;
    private const short Up = 1;

    /// <summary>Interfaces are renamed and come and go, so the number is asked for when it is needed.</summary>
    public static Result<uint> IndexOf(string name) => Libc.if_nametoindex(name) is var index and > 0 ? index : LastError.Get();

    public static Result<bool> IsUp(string name)
    {
        var flags = WithSocket(name, GetFlags, 0);
        return flags.Ok ? (flags.Value & Up) != 0 : flags.Error;
    }

    public static Errno BringUp(string name)
    {
        var flags = WithSocket(name, GetFlags, 0);
        if (!flags.Ok)
        {
            return flags.Error;
        }

        return (flags.Value & Up) != 0 ? Errno.None : WithSocket(name, SetFlags, (short)(flags.Value | Up)).Error;
    }

    private static Result<short> WithSocket(string name, nuint request, short flags)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length is 0 or >= InterfaceRequest.NameSize)
        {
            return Errno.EINVAL;
        }

        var opened = LastError.Owned(Libc.socket(Internet, Datagram | CloseOnExec, 0));
        if (!opened.Ok)
        {
            return opened.Error;
        }

        using var socket = opened.Value;
        var argument = new InterfaceRequest { Flags = flags };
        bytes.CopyTo(new Span<byte>(argument.Name, InterfaceRequest.NameSize));
        var error = LastError.Of(Libc.ioctl(socket.Raw, request, &argument));
        return error == Errno.None ? argument.Flags : error;
    }
}
