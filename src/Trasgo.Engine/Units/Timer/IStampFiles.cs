using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>The files by whose time Persistent= remembers when a timer elapsed last; their contents do not matter.</summary>
internal interface IStampFiles
{
    /// <summary>When it was touched, in microseconds since 1970.</summary>
    Result<ulong> TimeOf(string path);

    /// <summary>Makes it, and the directory, where it is missing, and gives it this time, or the present one.</summary>
    Errno Touch(string path, ulong? usec);

    Errno Remove(string path);
}

/// <summary>The files of the disk.</summary>
internal sealed class StampFiles : IStampFiles
{
    public static readonly StampFiles Instance = new();

    public Result<ulong> TimeOf(string path)
    {
        var status = FileSystem.Status(path);
        return status.Ok ? status.Value.ModifiedUsec : status.Error;
    }

    public Errno Touch(string path, ulong? usec)
    {
        var error = FileSystem.Touch(path, usec);
        return error == Errno.ENOENT && FileSystem.MakeDirectories(Path.GetDirectoryName(path)!, 0x1ED) == Errno.None
            ? FileSystem.Touch(path, usec)
            : error;
    }

    public Errno Remove(string path) => FileSystem.Remove(path);
}
