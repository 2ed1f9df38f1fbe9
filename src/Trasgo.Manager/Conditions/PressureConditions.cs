using Trasgo.Linux;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// "[SLICE:]SHARE[/10sec|/1min|/5min]": the pressure stall information of the machine or of a slice is at most that. Where the kernel
/// does not measure it, or not there, the condition holds: a guess would be worse.
/// </summary>
internal static class PressureConditions
{
    public static Result<bool> Test(string resource, string parameter)
    {
        if (!IsMeasured())
        {
            return true;
        }

        var parts = parameter.Split(':', 2, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !TryLimit(parts[^1], out var limit, out var window))
        {
            return Errno.EINVAL;
        }

        var file = $"/proc/pressure/{resource}";
        if (parts.Length == 2)
        {
            var located = FileOf(parts[0].Trim(), resource);
            if (!located.Ok || located.Value is null)
            {
                return located.Ok ? true : located.Error;
            }

            file = located.Value;
        }

        // "full" of the processor means nothing for the whole machine, and older kernels do not have it for groups.
        var text = HostText.All(file);
        if (text is null)
        {
            return true;
        }

        var average = Average(text, resource == "cpu" && parts.Length == 1 ? "some" : "full", window) ?? Average(text, "some", window);
        return average is { } current ? current <= limit : Errno.EINVAL;
    }

    /// <summary>The value in hundredths of a percent, as the kernel prints it with two decimals.</summary>
    internal static int? Average(string text, string line, string window)
    {
        foreach (var candidate in text.Split('\n'))
        {
            var words = candidate.Split(' ');
            if (words[0] != line)
            {
                continue;
            }

            foreach (var word in words)
            {
                if (word.StartsWith(window + "=", StringComparison.Ordinal) && Permyriad.TryParse(word[(window.Length + 1)..] + "%", out var value))
                {
                    return value;
                }
            }
        }

        return null;
    }

    private static bool TryLimit(string text, out int limit, out string window)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var share = (slash < 0 ? text : text[..slash]).Trim();
        var span = slash < 0 ? "5min" : text[(slash + 1)..].TrimStart();
        window = span.StartsWith("10sec", StringComparison.Ordinal) ? "avg10"
            : span.StartsWith("1min", StringComparison.Ordinal) ? "avg60"
            : span.StartsWith("5min", StringComparison.Ordinal) ? "avg300" : "";
        return Permyriad.TryParse(share, out limit) && window.Length > 0;
    }

    /// <summary>The files exist even where the measuring is off; reading them says so.</summary>
    private static bool IsMeasured() =>
        Array.TrueForAll(["cpu", "io", "memory"], static name => FileSystem.Read($"/proc/pressure/{name}", 4096).Ok);

    /// <summary>Null where the hierarchy does not measure the slice.</summary>
    private static Result<string?> FileOf(string slice, string resource)
    {
        if (HostControlGroups.IsAllUnified() != true || !HostControlGroups.Controllers(unified: true).Contains(resource))
        {
            return new Result<string?>(null, Errno.None);
        }

        if (!UnitName.TryParse(slice, UnitNameFlags.Plain, out var name) || name.Type != UnitType.Slice)
        {
            return Errno.EINVAL;
        }

        var own = HostControlGroups.PathOf(ProcessControl.Pid);
        own = own.EndsWith("/init.scope", StringComparison.Ordinal) ? own[..^"/init.scope".Length] : own;
        return $"/sys/fs/cgroup{own}{PathOf(name)}/{resource}.pressure";
    }

    private static string PathOf(UnitName slice) =>
        slice.IsRootSlice ? "" : (slice.ParentSlice() is { } parent ? PathOf(parent) : "") + "/" + slice.Text;
}
