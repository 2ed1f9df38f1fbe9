using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// One datagram of sd_notify(3): its lines, and who sent it as the kernel says - the only thing about a sender that is believed.
/// </summary>
internal sealed class NotifyMessage(int pid, uint uid, string[] tags, List<Descriptor> descriptors) : IDisposable
{
    public int Pid => pid;

    public uint Uid => uid;

    public IReadOnlyList<string> Tags => tags;

    /// <summary>The value of the first line that starts with <paramref name="prefix"/> ("STATUS=").</summary>
    public string? Find(string prefix)
    {
        foreach (var tag in tags)
        {
            if (tag.StartsWith(prefix, StringComparison.Ordinal))
            {
                return tag[prefix.Length..];
            }
        }

        return null;
    }

    public bool Has(string line) => Array.IndexOf(tags, line) >= 0;

    /// <summary>Whichever of the lines comes last.</summary>
    public string? LastOf(params ReadOnlySpan<string> lines)
    {
        for (var i = tags.Length - 1; i >= 0; i--)
        {
            if (lines.Contains(tags[i]))
            {
                return tags[i];
            }
        }

        return null;
    }

    /// <summary>Hands the descriptors over; what nobody takes is closed with the message.</summary>
    public List<Descriptor> TakeDescriptors()
    {
        List<Descriptor> taken = [.. descriptors];
        descriptors.Clear();
        return taken;
    }

    public void Dispose()
    {
        foreach (var descriptor in descriptors)
        {
            descriptor.Dispose();
        }
    }
}
