namespace Trasgo.Linux;

/// <summary>What makes a process a daemon once it has been started by somebody who does not wait for it (daemon(7)).</summary>
internal static class Detachment
{
    private const int StandardStreams = 3;

    /// <summary>
    /// A session of its own, the root as working directory, and nothing on the standard streams but <paramref name="errors"/>, where
    /// messages go.
    /// </summary>
    public static Errno Detach(Descriptor? errors)
    {
        // Fails only where the process leads a group already, and then it leads a session, too, or its parent sees to it.
        _ = Libc.setsid();
        if (Libc.chdir("/") < 0)
        {
            return LastError.Get();
        }

        var opened = FileSystem.Open("/dev/null", OpenFlags.ReadWrite | OpenFlags.CloseOnExec);
        if (!opened.Ok)
        {
            return opened.Error;
        }

        using var nothing = opened.Value;
        for (var stream = 0; stream < StandardStreams; stream++)
        {
            if (Libc.dup2((stream == StandardStreams - 1 ? errors ?? nothing : nothing).Raw, stream) < 0)
            {
                return LastError.Get();
            }
        }

        return Errno.None;
    }
}
