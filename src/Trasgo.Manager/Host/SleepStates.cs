using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>What the kernel offers of systemd-sleep's operations, by /sys/power/ (systemd-sleep.conf(5) has the defaults that count here).</summary>
/// <param name="power">The directory of the kernel's files.</param>
internal sealed class SleepStates(string power = "/sys/power")
{
    /// <summary>Operations are named as systemctl's verbs are. Where /sys is read-only, as in a container, there are none.</summary>
    public bool CanSleep(string operation) => operation switch
    {
        "suspend" => Offers("state", "mem", "standby", "freeze"),
        "hibernate" => Offers("state", "disk") && Offers("disk", "platform", "shutdown") && HasSwap(),
        "hybrid-sleep" => Offers("state", "disk") && Offers("disk", "suspend", "platform", "shutdown") && HasSwap(),
        "suspend-then-hibernate" => CanSleep("suspend") && CanSleep("hibernate"),
        _ => false,
    };

    private bool Offers(string file, params ReadOnlySpan<string> any)
    {
        var path = $"{power}/{file}";
        if (FileSystem.WriteRefusal(path) != Errno.None || HostText.Line(path) is not { } line)
        {
            return false;
        }

        foreach (var range in line.AsSpan().Split(' '))
        {
            var word = line.AsSpan(range).Trim("[]");
            foreach (var wanted in any)
            {
                if (word.SequenceEqual(wanted))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The table has a heading, and a line for each area.</summary>
    private static bool HasSwap() => HostText.All("/proc/swaps") is { } swaps && swaps.AsSpan().Trim().Contains('\n');
}
