namespace Trasgo.Linux;

/// <summary>
/// Opens a file by a path that others may have a hand in. A step is unsafe when it leaves what an unprivileged user owns for
/// what root or another user owns: that user could have put any link there (CVE-2018-16888, CVE-2018-6954). A link is a step like any other,
/// whatever directory it lies in: what it points to is compared with the link's owner.
/// </summary>
internal static class SafePath
{
    /// <summary>As many links as the kernel follows (path_resolution(7)).</summary>
    private const int LinksMax = 40;

    /// <summary>ENOLINK where <paramref name="requireSafe"/> is set and a step is unsafe.</summary>
    public static Result<Descriptor> Open(string path, bool requireSafe)
    {
        if (!path.StartsWith('/'))
        {
            return new Result<Descriptor>(null!, Errno.EINVAL);
        }

        var todo = new Stack<string>();
        Push(todo, path);
        var links = 0;
        uint? trust = requireSafe ? 0 : null;
        var opened = FromTheTop(ref trust);
        while (opened.Ok && todo.TryPop(out var name))
        {
            using var directory = opened.Value;
            opened = Step(directory, name, todo, ref trust, ref links);
        }

        if (!opened.Ok)
        {
            return opened;
        }

        // What was opened is a place; reading needs a descriptor of its own, which the place cannot be swapped under.
        using var place = opened.Value;
        return FileSystem.Open($"/proc/self/fd/{place.Raw}", OpenFlags.ReadOnly | OpenFlags.NonBlock | OpenFlags.NoControllingTerminal | OpenFlags.CloseOnExec);
    }

    /// <summary><paramref name="trust"/> is the owner of what the path has come through last; null where nobody cares.</summary>
    private static Result<Descriptor> Step(Descriptor directory, string name, Stack<string> todo, ref uint? trust, ref int links)
    {
        var next = FileSystem.OpenAt(directory, name, OpenFlags.PathOnly | OpenFlags.NoFollow | OpenFlags.CloseOnExec);
        if (!next.Ok)
        {
            return next;
        }

        var status = Pass(next.Value, ref trust);
        if (!status.Ok)
        {
            next.Value.Dispose();
            return new Result<Descriptor>(null!, status.Error);
        }

        if (!status.Value.IsSymlink)
        {
            return next;
        }

        var target = FileSystem.ReadLinkAt(next.Value, "");
        next.Value.Dispose();
        if (!target.Ok || ++links > LinksMax)
        {
            return new Result<Descriptor>(null!, target.Ok ? Errno.ELOOP : target.Error);
        }

        Push(todo, target.Value);
        return target.Value.StartsWith('/') ? FromTheTop(ref trust) : directory.Duplicate();
    }

    /// <summary>A link to an absolute path goes on there, too: the top is root's and not the link's owner's.</summary>
    private static Result<Descriptor> FromTheTop(ref uint? trust)
    {
        var top = FileSystem.Open("/", OpenFlags.PathOnly | OpenFlags.Directory | OpenFlags.CloseOnExec);
        if (top.Ok && Pass(top.Value, ref trust) is { Ok: false, Error: var error })
        {
            top.Value.Dispose();
            return new Result<Descriptor>(null!, error);
        }

        return top;
    }

    /// <summary>From root's one may go anywhere, from a user's only to what is his as well.</summary>
    private static Result<FileStatus> Pass(Descriptor place, ref uint? trust)
    {
        var status = FileSystem.Status(place);
        if (status.Ok && trust is { } owner)
        {
            if (owner != 0 && owner != status.Value.Uid)
            {
                return Errno.ENOLINK;
            }

            trust = status.Value.Uid;
        }

        return status;
    }

    private static void Push(Stack<string> todo, string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = names.Length - 1; i >= 0; i--)
        {
            if (names[i] != ".")
            {
                todo.Push(names[i]);
            }
        }
    }
}
