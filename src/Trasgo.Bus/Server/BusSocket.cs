using System.Runtime.InteropServices;
using System.Text;
using Trasgo.Linux;

namespace Trasgo.Bus.Server;

// TEMPORARY until the sockets of Trasgo.Linux are there
internal sealed unsafe class BusSocket(Descriptor handle) : IDisposable
{
    public Descriptor Handle { get; } = handle;

    public static Result<BusSocket> Listen(string path, uint mode)
    {
        var fd = Libc.socket(1, 1 | 0x80000 | 0x800, 0);
        File.Delete(path);
        UnixAddress a = default;
        a.Family = 1;
        var b = Encoding.UTF8.GetBytes(path);
        for (var i = 0; i < b.Length; i++) a.Path[i] = b[i];
        if (Libc.bind(fd, &a, (uint)sizeof(UnixAddress)) < 0) return LastError.Get();
        File.SetUnixFileMode(path, (UnixFileMode)mode);
        if (Libc.listen(fd, 4096) < 0) return LastError.Get();
        return new BusSocket(Descriptor.Adopt(fd));
    }

    public static Result<BusSocket> Connect(string path)
    {
        var fd = Libc.socket(1, 1 | 0x80000, 0);
        UnixAddress a = default;
        a.Family = 1;
        var b = Encoding.UTF8.GetBytes(path);
        for (var i = 0; i < b.Length; i++) a.Path[i] = b[i];
        if (Libc.connect(fd, &a, (uint)sizeof(UnixAddress)) < 0) return LastError.Get();
        return new BusSocket(Descriptor.Adopt(fd));
    }

    public static (BusSocket, BusSocket) Pair()
    {
        var fds = stackalloc int[2];
        Libc.socketpair(1, 1 | 0x80000 | 0x800, 0, fds);
        return (new(Descriptor.Adopt(fds[0])), new(Descriptor.Adopt(fds[1])));
    }

    public Result<BusSocket> TryAccept()
    {
        var fd = Libc.accept4(Handle.Raw, null, null, 0x80000 | 0x800);
        return fd < 0 ? LastError.Get() : new BusSocket(Descriptor.Adopt(fd));
    }

    public Result<PeerCredentials> PeerCredentials()
    {
        PeerCredentials c = default;
        uint l = 12;
        return Libc.getsockopt(Handle.Raw, 1, 17, &c, &l) < 0 ? LastError.Get() : c;
    }

    public Result<int> TryReceive(Span<byte> buffer, List<Descriptor> descriptors)
    {
        var control = stackalloc byte[1100];
        fixed (byte* p = buffer)
        {
            var v = new IoVector { Base = p, Length = (nuint)buffer.Length };
            var m = new Trasgo.Linux.MessageHeader { Vectors = &v, VectorCount = 1, Control = control, ControlLength = 1100 };
            var n = Libc.recvmsg(Handle.Raw, &m, 0x40000000);
            if (n < 0) return LastError.Get();
            if (m.ControlLength >= 16)
            {
                var h = (ControlHeader*)control;
                if (h->Level == 1 && h->Type == 1)
                {
                    var ints = (int*)(control + 16);
                    for (var i = 0; i < ((int)h->Length - 16) / 4; i++) descriptors.Add(Descriptor.Adopt(ints[i]));
                }
            }

            return (int)n;
        }
    }

    public Result<int> TrySend(ReadOnlySpan<byte> bytes, IReadOnlyList<Descriptor> descriptors)
    {
        var control = stackalloc byte[1100];
        fixed (byte* p = bytes)
        {
            var v = new IoVector { Base = p, Length = (nuint)bytes.Length };
            var m = new Trasgo.Linux.MessageHeader { Vectors = &v, VectorCount = 1 };
            if (descriptors.Count > 0)
            {
                m.Control = control;
                var h = (ControlHeader*)control;
                h->Level = 1; h->Type = 1; h->Length = (nuint)(16 + 4 * descriptors.Count);
                for (var i = 0; i < descriptors.Count; i++) ((int*)(control + 16))[i] = descriptors[i].Raw;
                m.ControlLength = (nuint)((16 + 4 * descriptors.Count + 7) & ~7);
            }

            var n = Libc.sendmsg(Handle.Raw, &m, 0x4000);
            return n < 0 ? LastError.Get() : (int)n;
        }
    }

    public void Dispose() => Handle.Dispose();
}
