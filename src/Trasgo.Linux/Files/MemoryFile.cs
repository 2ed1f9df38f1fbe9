namespace Trasgo.Linux;

/// <summary>A file that is nowhere: content handed to a process as a descriptor, sealed against change, or shared with it.</summary>
internal static unsafe class MemoryFile
{
    private const uint CloseOnExecAllowSealing = 3;
    private const int AllSeals = 0xF;

    public static Result<Descriptor> Create(string name, ReadOnlySpan<byte> content)
    {
        fixed (byte* bytes = Utf8.Terminated(name))
        {
            var created = LastError.Owned(Libc.memfd_create(bytes, CloseOnExecAllowSealing));
            if (!created.Ok)
            {
                return created;
            }

            using var writable = created.Value;
            var error = WriteAll(writable, content);
            if (error != Errno.None)
            {
                return error;
            }

            _ = Libc.fcntl(writable.Raw, Fcntl.AddSeals, AllSeals);

            // Opened anew, so that reading begins at the beginning.
            return FileSystem.Open(PathOf(writable), OpenFlags.ReadOnly);
        }
    }

    /// <summary>One that is shared: whoever has it may replace what is in it.</summary>
    public static Result<Descriptor> Create(string name)
    {
        fixed (byte* bytes = Utf8.Terminated(name))
        {
            return LastError.Owned(Libc.memfd_create(bytes, CloseOnExecAllowSealing));
        }
    }

    /// <summary>Opened anew, for a position of our own in it.</summary>
    public static Errno Replace(Descriptor file, ReadOnlySpan<byte> content)
    {
        var opened = FileSystem.Open(PathOf(file), OpenFlags.WriteOnly | OpenFlags.Truncate);
        if (!opened.Ok)
        {
            return opened.Error;
        }

        using var writable = opened.Value;
        return WriteAll(writable, content);
    }

    public static Result<byte[]> ReadAll(Descriptor file, int limit) => FileSystem.Read(PathOf(file), limit);

    private static string PathOf(Descriptor file) => $"/proc/self/fd/{file.Raw}";

    private static Errno WriteAll(Descriptor file, ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var written = FileSystem.Write(file, content);
            if (!written.Ok)
            {
                return written.Error;
            }

            content = content[written.Value..];
        }

        return Errno.None;
    }
}
