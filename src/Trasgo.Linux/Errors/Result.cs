namespace Trasgo.Linux;

/// <summary>What a system call gave: a value, or the expected error that it met. Operations without a value return an <see cref="Errno"/>.</summary>
internal readonly record struct Result<T>(T Value, Errno Error)
{
    public bool Ok => Error == Errno.None;

    public static implicit operator Result<T>(T value) => new(value, Errno.None);

    public static implicit operator Result<T>(Errno error) => new(default!, error);

    /// <summary>For a start-up step that cannot fail on a sane machine: the value, or an exception that names the step.</summary>
    public T OrThrow(string step) => Ok ? Value : throw new LinuxException(step, Error);
}

/// <summary>An error number nobody can act upon: a bug of ours or a machine without /proc, not a situation to handle.</summary>
internal sealed class LinuxException(string step, Errno error) : Exception($"{step}: {ErrnoNames.Message(error)}")
{
    public Errno Error { get; } = error;
}

internal static class ErrnoExtensions
{
    public static void OrThrow(this Errno error, string step)
    {
        if (error != Errno.None)
        {
            throw new LinuxException(step, error);
        }
    }
}
