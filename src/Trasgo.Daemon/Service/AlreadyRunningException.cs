namespace Trasgo.Daemon;

/// <summary>Another instance holds the PID file.</summary>
public sealed class AlreadyRunningException : DaemonException
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public AlreadyRunningException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    public AlreadyRunningException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that another one is behind.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    /// <param name="innerException">The cause.</param>
    public AlreadyRunningException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception for an error of the system, and adds the words that strerror(3) has for it to the message.</summary>
    /// <param name="message">What was tried.</param>
    /// <param name="errno">The error number, see errno(3); above 0.</param>
    public AlreadyRunningException(string message, int errno)
        : base(message, errno)
    {
    }

    /// <summary>The PID file that is held; null if the exception was made without one.</summary>
    public string? Path { get; private init; }

    /// <summary>The process that runs; null if the file does not name it.</summary>
    public int? ProcessId { get; private init; }

    internal static AlreadyRunningException Held(string path, int? processId) =>
        new(processId is { } id ? $"already running: process {id} holds {path}" : $"already running: another process holds {path}")
        {
            Path = path,
            ProcessId = processId,
        };
}
