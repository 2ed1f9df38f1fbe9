using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>Where the manager's log and its status lines go. The descriptors never block: a terminal may be stopped, a pipe full.</summary>
internal static class LogOutput
{
    public static Descriptor? Open(ManagerOptions options)
    {
        // Opened anew, so that O_NONBLOCK is ours alone and not everybody's who shares standard error; a socket cannot be.
        var opened = FileSystem.Open("/proc/self/fd/2", OpenFlags.WriteOnly | OpenFlags.Append | OpenFlags.NonBlock | OpenFlags.NoControllingTerminal | OpenFlags.CloseOnExec);
        if (opened.Ok)
        {
            return opened.Value;
        }

        using var standardError = Descriptor.Adopt(2);
        var copy = standardError.Duplicate();
        standardError.Release();
        return copy.Ok ? copy.Value : options.IsInit ? OpenConsole() : null;
    }

    public static Descriptor? OpenConsole()
    {
        var opened = FileSystem.Open("/dev/console", OpenFlags.WriteOnly | OpenFlags.NonBlock | OpenFlags.NoControllingTerminal | OpenFlags.CloseOnExec);
        return opened.Ok ? opened.Value : null;
    }
}
