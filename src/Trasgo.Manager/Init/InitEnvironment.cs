using Trasgo.Linux;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// What the manager's environment block starts with. The system's services get a clean one: $PATH and the locale, nothing
/// that the kernel or a container manager left in PID 1's. A user's services get the user manager's own.
/// </summary>
internal static class InitEnvironment
{
    public const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    public const string DefaultLocale = "LANG=C.UTF-8";

    private static readonly string[] s_localeVariables =
    [
        "LANG", "LANGUAGE", "LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES", "LC_PAPER", "LC_NAME",
        "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION",
    ];

    public static List<string> Of(RuntimeScope scope)
    {
        if (scope == RuntimeScope.System)
        {
            return ["PATH=" + DefaultPath, .. Locale()];
        }

        var variables = EnvironmentBlock.Own();
        variables["PATH"] = DefaultPath;
        return [.. variables.Select(static pair => $"{pair.Key}={pair.Value}")];
    }

    /// <summary>
    /// As PID 1 of a machine: the kernel's HOME=/ goes, and $TERM is made to fit the console. A container's environment is
    /// its manager's matter and right as it is.
    /// </summary>
    public static void FixOwn()
    {
        if (ProcessControl.Pid != 1 || Container.IsContainer)
        {
            return;
        }

        Environment.SetEnvironmentVariable("TERM", KernelCommandLine.Value("TERM") ?? TerminalTypeOf("console"));
        if (Environment.GetEnvironmentVariable("HOME") == "/")
        {
            Environment.SetEnvironmentVariable("HOME", null);
        }
    }

    /// <summary>The virtual console is "linux", a serial line is whatever is at its other end.</summary>
    public static string TerminalTypeOf(string device)
    {
        // /dev/console stands for the last of the active consoles.
        if (device == "console" && HostText.Line("/sys/class/tty/console/active") is { Length: > 0 } active)
        {
            device = active.Split(' ')[^1];
        }

        return device.StartsWith("tty", StringComparison.Ordinal) && device.Length > 3 && !device.AsSpan(3).ContainsAnyExceptInRange('0', '9')
            ? "linux"
            : "vt220";
    }

    /// <summary>locale.LANG= and its kin of the kernel's command line, or else /etc/locale.conf, on Debian /etc/default/locale.</summary>
    internal static List<string> Locale(string root = "")
    {
        var found = new List<string>();
        foreach (var name in s_localeVariables)
        {
            Add(found, name, root.Length == 0 ? KernelCommandLine.Value("locale." + name) : null);
        }

        foreach (var file in (ReadOnlySpan<string>)["/etc/locale.conf", "/etc/default/locale"])
        {
            if (found.Count == 0 && HostText.All(root + file) is { } text)
            {
                foreach (var name in s_localeVariables)
                {
                    Add(found, name, EnvironmentFile.Value(text, name));
                }
            }
        }

        return found.Count > 0 ? found : [DefaultLocale];
    }

    private static void Add(List<string> assignments, string name, string? value)
    {
        if (value is { Length: > 0 } && NameRules.IsEnvironmentAssignment($"{name}={value}"))
        {
            assignments.Add($"{name}={value}");
        }
    }
}
