using System.Globalization;

namespace Trasgo.Daemon;

/// <summary>
/// How a process that starts itself once more tells the new one what it is for: a variable with the starter's PID, so that one that was inherited by a
/// grandchild says nothing, and a word.
/// </summary>
internal static class StageVariable
{
    public static string Value(string word) => string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}:{word}");

    /// <summary>Takes the word out of the environment; null if there is none or it is meant for another process.</summary>
    public static string? Take(string variable)
    {
        string? value = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, null);
        int colon = value?.IndexOf(':') ?? -1;
        return colon > 0 && value.AsSpan(0, colon).SequenceEqual(Libc.getppid().ToString(CultureInfo.InvariantCulture)) ? value![(colon + 1)..] : null;
    }

    /// <summary>For a child with a channel: the channel's identity takes the place of the PID, since a child whose parent is gone already is a child all the same.</summary>
    public static string ValueFor(int channel, string word) =>
        FileStatus.TryGet(channel, out var status) ? string.Create(CultureInfo.InvariantCulture, $"{status.Inode}:{word}") : throw DaemonException.Last("cannot look at a channel");

    /// <summary>As <see cref="Take"/>, for a child with a channel under a number.</summary>
    public static string? TakeFor(string variable, int channel)
    {
        string? value = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, null);
        int colon = value?.IndexOf(':') ?? -1;
        return colon > 0 && DescriptorCalls.IsInherited(channel) && FileStatus.TryGet(channel, out var status)
            && value.AsSpan(0, colon).SequenceEqual(status.Inode.ToString(CultureInfo.InvariantCulture))
                ? value![(colon + 1)..]
                : null;
    }
}
