namespace Trasgo.Linux;

/// <summary>Files that are waited on like sockets: FIFOs and special files of the kernel. Links are not followed.</summary>
internal static class ListenFile
{
    private static readonly OpenFlags s_flags = OpenFlags.NoControllingTerminal | OpenFlags.NonBlock | OpenFlags.NoFollow;

    /// <summary>
    /// Makes the FIFO if it is not there. It is opened for both directions, so that it never reports its last writer's end. EEXIST where
    /// something else is, or a FIFO that is not as ours would be: somebody else's is not to be trusted.
    /// </summary>
    public static Result<Descriptor> OpenFifo(string path, uint mode)
    {
        var old = Libc.umask(~mode & 0x1FF);
        _ = Libc.umask((~mode | old) & 0x1FF);
        var error = FileSystem.MakeFifo(path, mode);
        _ = Libc.umask(old);
        if (error is not (Errno.None or Errno.EEXIST))
        {
            return error;
        }

        return Checked(
            FileSystem.Open(path, OpenFlags.ReadWrite | s_flags),
            status => status.IsFifo && (status.Mode & 0x1FF) == (mode & ~old) && status.Uid == ProcessControl.Uid && status.Gid == ProcessControl.Gid);
    }

    /// <summary>A character device, or a file of /proc/ or /sys/; EEXIST for anything else.</summary>
    public static Result<Descriptor> OpenSpecial(string path, bool writable) => Checked(
        FileSystem.Open(path, (writable ? OpenFlags.ReadWrite : OpenFlags.ReadOnly) | s_flags),
        static status => status.IsRegular || status.IsCharacterDevice);

    private static Result<Descriptor> Checked(Result<Descriptor> opened, Predicate<FileStatus> isSound)
    {
        if (!opened.Ok)
        {
            return opened;
        }

        var status = FileSystem.Status(opened.Value);
        if (status.Ok && isSound(status.Value))
        {
            return opened;
        }

        opened.Value.Dispose();
        return status.Ok ? Errno.EEXIST : status.Error;
    }
}
