namespace Trasgo.Daemon;

/// <summary>
/// What a daemon asked the system for, or what its environment told it, cannot be had. The message is one line for people, ready
/// for a log: what was tried, with its name, and why it failed.
/// </summary>
public class DaemonException : IOException
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public DaemonException()
    {
    }

    /// <summary>Makes an exception that no error of the system is behind.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    public DaemonException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that another one is behind.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    /// <param name="innerException">The cause.</param>
    public DaemonException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception for an error of the system, and adds the words that strerror(3) has for it to the message.</summary>
    /// <param name="message">What was tried, as in <c>cannot lock /run/timed.pid</c>.</param>
    /// <param name="errno">The error number, see errno(3); above 0.</param>
    public DaemonException(string message, int errno)
        : base($"{message}: {Daemon.Errno.Describe(errno)}")
    {
        Errno = errno;
    }

    /// <summary>The error number of the system, see errno(3); 0 if there is none behind this exception.</summary>
    public int Errno { get; }

    /// <summary>For a call that has just failed.</summary>
    internal static DaemonException Last(string message) => new(message, Daemon.Errno.Last);
}
