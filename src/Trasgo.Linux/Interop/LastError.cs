using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>The step from signatures to results: -1 and errno become one value. EINTR is retried by the callers that can meet it.</summary>
internal static class LastError
{
    public static Errno Get() => (Errno)Marshal.GetLastPInvokeError();

    public static Errno Of(int result) => result < 0 ? Get() : Errno.None;

    public static Errno Of(nint result) => result < 0 ? Get() : Errno.None;

    public static Result<int> Value(int result) => result < 0 ? new(-1, Get()) : new(result, Errno.None);

    public static Result<Descriptor> Owned(int fd) => fd < 0 ? new(null!, Get()) : new(Descriptor.Adopt(fd), Errno.None);
}
