namespace Trasgo.Linux;

/// <summary>
/// Opens a file by a path that others may have a hand in. A step is unsafe when it leaves what an unprivileged user owns for
/// what root or another user owns: that user could have put any link there (CVE-2018-16888, CVE-2018-6954).
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
        var opened = FileSystem.Open("/", OpenFlags.PathOnly | OpenFlags.Directory | OpenFlags.CloseOnExec);
        var links = 0;
        while (opened.Ok && todo.TryPop(out var name))
        {
            using var directory = opened.Value;
            opened = Step(directory, name, todo, requireSafe, ref links);
        }

        if (!opened.Ok)
        {
            return opened;
        }

        // What was opened is a place; reading needs a descriptor of its own, which the place cannot be swapped under.
        using var place = opened.Value;
        return FileSystem.Open($"/proc/self/fd/{place.Raw}", OpenFlags.ReadOnly | OpenFlags.NonBlock | OpenFlags.NoControllingTerminal | OpenFlags.CloseOnExec);
    }

    private static Result<Descriptor> Step(Descriptor directory, string name, Stack<string> todo, bool requireSafe, ref int links)
    {
        var next = FileSystem.OpenAt(directory, name, OpenFlags.PathOnly | OpenFlags.NoFollow | OpenFlags.CloseOnExec);
        if (!next.Ok)
        {
            return next;
        }

        var from = FileSystem.Status(directory);
        var to = FileSystem.Status(next.Value);
        if (!from.Ok || !to.Ok)
        {
            next.Value.Dispose();
            return new Result<Descriptor>(null!, from.Ok ? to.Error : from.Error);
        }

        if (requireSafe && name != ".." && from.Value.Uid != 0 && from.Value.Uid != to.Value.Uid)
        {
            next.Value.Dispose();
            return new Result<Descriptor>(null!, Errno.ENOLINK);
        }

        if (!to.Value.IsSymlink)
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
        return target.Value.StartsWith('/')
            ? FileSystem.Open("/", OpenFlags.PathOnly | OpenFlags.Directory | OpenFlags.CloseOnExec)
            : directory.Duplicate();
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
