using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>
/// 64 KiB straight from the kernel. For what strangers make us keep: it is not the collector's, so that it costs no more than was
/// written to it, and it has left the process once it is disposed.
/// </summary>
internal sealed unsafe class MemoryBlock : SafeHandle
{
    public const int Size = 64 * 1024;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private static readonly nint s_failed = -1;

    private MemoryBlock(nint address)
        : base(s_failed, ownsHandle: true)
    {
        SetHandle(address);
    }

    public override bool IsInvalid => handle == s_failed;

    public Span<byte> Bytes => IsClosed ? [] : new Span<byte>((void*)handle, Size);

    /// <summary>ENOMEM where the kernel has no more for us.</summary>
    public static Result<MemoryBlock> Allocate()
    {
        var address = Libc.mmap(0, Size, ReadWrite, PrivateAnonymous, -1, 0);
        return address == s_failed ? (Errno)Marshal.GetLastPInvokeError() : new MemoryBlock(address);
    }

    protected override bool ReleaseHandle() => Libc.munmap(handle, Size) == 0;
}
