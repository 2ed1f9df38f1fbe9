using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>Walks over trees that a service may write to while we walk: by descriptors, and never through a link.</summary>
internal static class FileTree
{
    /// <summary>Gives the tree to the user. Files that another mount brings in are part of it, as in systemd.</summary>
    public static Errno ChangeOwner(Descriptor directory, uint uid, uint gid, uint mode, int depth)
    {
        foreach (var name in Names(directory))
        {
            var error = ChangeOwnerOf(directory, name, uid, gid, depth);
            if (error is not (Errno.None or Errno.ENOENT))
            {
                return error;
            }
        }

        // The directory last: an interrupted walk is then done again, since its owner still is the wrong one.
        var changed = FileSystem.ChangeOwner(directory, uid, gid);
        return changed == Errno.None ? FileSystem.ChangeMode(directory, mode) : changed;
    }

    /// <summary>Removes the tree; a link in place of it is removed itself.</summary>
    public static Errno Remove(string path, int depth)
    {
        var opened = FileSystem.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
        if (!opened.Ok)
        {
            return opened.Error is Errno.ENOTDIR or Errno.ELOOP ? FileSystem.Remove(path) : opened.Error;
        }

        using (opened.Value)
        {
            RemoveContents(opened.Value, depth);
        }

        return FileSystem.RemoveDirectory(path);
    }

    private static void RemoveContents(Descriptor directory, int depth)
    {
        foreach (var name in Names(directory))
        {
            if (FileSystem.RemoveAt(directory, name, isDirectory: false) is not (Errno.EISDIR or Errno.EPERM) || depth == 0)
            {
                continue;
            }

            var opened = FileSystem.OpenAt(directory, name, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
            if (opened.Ok)
            {
                using (opened.Value)
                {
                    RemoveContents(opened.Value, depth - 1);
                }

                FileSystem.RemoveAt(directory, name, isDirectory: true);
            }
        }
    }

    private static Errno ChangeOwnerOf(Descriptor directory, string name, uint uid, uint gid, int depth)
    {
        var opened = FileSystem.OpenAt(directory, name, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
        if (!opened.Ok)
        {
            return FileSystem.ChangeOwnerAt(directory, name, uid, gid);
        }

        using var child = opened.Value;
        var status = FileSystem.Status(child);
        if (!status.Ok)
        {
            return status.Error;
        }

        return depth > 0 ? ChangeOwner(child, uid, gid, status.Value.Permissions, depth - 1) : Errno.ELOOP;
    }

    private static string[] Names(Descriptor directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries($"/proc/self/fd/{directory.Raw}").Select(static path => Path.GetFileName(path))];
        }
        catch (IOException)
        {
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
    }
}
