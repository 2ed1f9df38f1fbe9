using System.Runtime.InteropServices;

namespace Trasgo.Manager.Tests;

/// <summary>Runs a piece of a test on a thread that has left the machine's namespaces; they vanish with the thread.</summary>
internal static partial class OwnNamespace
{
    public const int Mounts = 0x20000;
    public const int Network = 0x40000000;

    public static void Run(int namespaces, Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Assert.Equal(0, unshare(namespaces));
                if ((namespaces & Mounts) != 0)
                {
                    // Nothing that is mounted from here on may be seen outside.
                    Assert.Equal(
                        Linux.Errno.None,
                        Linux.Mounting.Mount(source: null, "/", type: null, Linux.MountFlags.Recursive | Linux.MountFlags.Private));
                }

                action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException("in its namespace: " + failure.Message, failure);
        }
    }

    [LibraryImport("libc")]
    private static partial int unshare(int flags);
}
