namespace Trasgo.Linux;

/// <summary>A file that is nowhere: content handed to a process as a descriptor, sealed against change.</summary>
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
            for (var rest = content; !rest.IsEmpty;)
            {
                var written = FileSystem.Write(writable, rest);
                if (!written.Ok)
                {
                    return written.Error;
                }

                rest = rest[written.Value..];
            }

            _ = Libc.fcntl(writable.Raw, Fcntl.AddSeals, AllSeals);

            // Opened anew, so that reading begins at the beginning.
            return FileSystem.Open($"/proc/self/fd/{writable.Raw}", OpenFlags.ReadOnly);
        }
    }
}
