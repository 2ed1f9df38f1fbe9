using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon;

/// <summary>
/// Makes sure that a daemon runs once, and tells others its PID: a file with the PID, locked for as long as the daemon lives. The lock decides and not the
/// number in the file: the kernel drops it with its holder, so that a file left by a crash is taken over, whoever has its number by now.
/// </summary>
/// <remarks>
/// <para>The lock is a record lock over the whole file, bound to this open file (F_OFD_SETLK, fcntl(2)). It excludes daemons that use lockf(3) or fcntl(2)
/// locks on the same file as well.</para>
/// <para>The file may be in a directory that others write to, if that has the sticky bit like <c>/tmp/</c>: links are not followed, and what is not a regular file with
/// one name, owned by this user, is refused. A directory in which others could replace the file is refused.</para>
/// </remarks>
public sealed class PidFile : IDisposable
{
    private const string Suffix = ".pid";

    /// <summary>A file that nobody refers to any more must stay locked.</summary>
    private static readonly HashSet<PidFile> s_held = [];

    private readonly PidFileDirectory _directory;
    private readonly string _name;
    private SafeFileHandle? _file;

    private PidFile(string path, PidFileDirectory directory, string name, SafeFileHandle file)
    {
        Path = path;
        _directory = directory;
        _name = name;
        _file = file;
    }

    /// <summary>The absolute path of the file.</summary>
    public string Path { get; }

    /// <summary>Locks a PID file and writes this process' PID and a newline to it. It is made with the mode 0644 if it is not there.</summary>
    /// <param name="path">An absolute path; its directory exists.</param>
    /// <returns>The file; it is removed and unlocked with <see cref="Dispose"/>, and unlocked by the end of the process at the latest.</returns>
    /// <exception cref="AlreadyRunningException">Another process holds the lock; it is named.</exception>
    /// <exception cref="ArgumentException">The path is not absolute, or ends with no name.</exception>
    /// <exception cref="DaemonException">The file or its directory cannot be used, or is not safe to use.</exception>
    public static PidFile Acquire(string path)
    {
        string name = CheckedName(path);
        var directory = PidFileDirectory.Open(System.IO.Path.GetDirectoryName(path)!);
        SafeFileHandle? file = null;
        try
        {
            file = Lock(directory, name, path);
            PidFileContent.Write(file, path);
            var held = new PidFile(path, directory, name, file);
            lock (s_held)
            {
                s_held.Add(held);
            }

            return held;
        }
        catch
        {
            file?.Dispose();
            directory.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Where a daemon's PID file belongs: <c>NAME.pid</c> in the first of <see cref="ServiceEnvironment.RuntimeDirectories"/>; else in <c>/run/</c> for root and
    /// in <c>$XDG_RUNTIME_DIR</c> for others.
    /// </summary>
    /// <param name="name">The daemon's name: the name of a file without the ending, so no <c>/</c> in it, and at most 251 bytes.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="DaemonException">There is no such directory: not root, and <c>$XDG_RUNTIME_DIR</c> is not set.</exception>
    public static string PathFor(string name)
    {
        FileName.Check(name, nameof(name), Suffix);
        string? directory = ServiceEnvironment.RuntimeDirectories is [var first, ..] ? first
            : Libc.geteuid() == 0 ? "/run"
            : Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        return directory is ['/', ..]
            ? System.IO.Path.Combine(directory, name + Suffix)
            : throw new DaemonException("there is no directory for the PID file: XDG_RUNTIME_DIR is not set");
    }

    /// <summary>Who holds a PID file? Asks the lock, so that a file left behind is nobody's.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>The process that the file names if it is locked; null if it is not locked, not there, or does not name a process.</returns>
    /// <exception cref="DaemonException">The file cannot be read, or is not safe to use.</exception>
    public static int? FindHolder(string path)
    {
        string name = CheckedName(path);
        using var directory = PidFileDirectory.Open(System.IO.Path.GetDirectoryName(path)!);
        using var file = directory.OpenForReading(name);
        return file is null ? null : PidFileContent.Holder(file);
    }

    /// <summary>Removes the file if it is still this one, empties it if it cannot be removed (see <see cref="DaemonUser.Become"/>), and unlocks it. A second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _file, null) is not { } file)
        {
            return;
        }

        // Where privileges were dropped after it had been made it cannot be removed, and perhaps not even be looked at; then at least it names nobody.
        if (!_directory.Names(_name, file) || !_directory.Remove(_name))
        {
            PidFileContent.Clear(file);
        }

        file.Dispose();
        _directory.Dispose();
        lock (s_held)
        {
            s_held.Remove(this);
        }
    }

    private static string CheckedName(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path[0] != '/')
        {
            throw new ArgumentException($"The path of a PID file is absolute, since a daemon changes its directory; this is not: {path}", nameof(path));
        }

        string name = System.IO.Path.GetFileName(path);
        FileName.Check(name, nameof(path));
        return name;
    }

    /// <summary>Whoever had the lock may have removed the file between opening and locking: then the next file is tried.</summary>
    private static SafeFileHandle Lock(PidFileDirectory directory, string name, string path)
    {
        while (true)
        {
            var file = directory.OpenForWriting(name);
            bool isOurs = false;
            try
            {
                if (!PidFileContent.TryLock(file, path))
                {
                    throw AlreadyRunningException.Held(path, PidFileContent.HolderOnceWritten(file));
                }

                isOurs = directory.Names(name, file);
                if (isOurs)
                {
                    return file;
                }
            }
            finally
            {
                if (!isOurs)
                {
                    file.Dispose();
                }
            }
        }
    }
}
