using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>What <c>--type=help</c> and <c>--state=help</c> list: the words of the bus interface.</summary>
internal static class StateNames
{
    internal static readonly string[] Types =
        ["service", "mount", "swap", "socket", "target", "device", "automount", "timer", "path", "slice", "scope"];

    internal static readonly string[] Load = ["stub", "loaded", "not-found", "bad-setting", "error", "merged", "masked"];

    internal static readonly string[] Active =
        ["active", "reloading", "inactive", "failed", "activating", "deactivating", "maintenance"];

    private static readonly string[] s_file =
    [
        "enabled", "enabled-runtime", "linked", "linked-runtime", "alias", "masked", "masked-runtime", "static", "disabled",
        "indirect", "generated", "transient", "bad",
    ];

    private static readonly (string Type, string[] States)[] s_sub =
    [
        ("automount", ["dead", "waiting", "running", "failed"]),
        ("device", ["dead", "tentative", "plugged"]),
        ("mount",
        [
            "dead", "mounting", "mounting-done", "mounted", "remounting", "unmounting", "remounting-sigterm",
            "remounting-sigkill", "unmounting-sigterm", "unmounting-sigkill", "failed", "cleaning",
        ]),
        ("path", ["dead", "waiting", "running", "failed"]),
        ("scope", ["dead", "start-chown", "running", "abandoned", "stop-sigterm", "stop-sigkill", "failed"]),
        ("service",
        [
            "dead", "condition", "start-pre", "start", "start-post", "running", "exited", "reload", "stop", "stop-watchdog",
            "stop-sigterm", "stop-sigkill", "stop-post", "final-watchdog", "final-sigterm", "final-sigkill", "failed",
            "auto-restart", "cleaning",
        ]),
        ("slice", ["dead", "active"]),
        ("socket",
        [
            "dead", "start-pre", "start-chown", "start-post", "listening", "running", "stop-pre", "stop-pre-sigterm",
            "stop-pre-sigkill", "stop-post", "final-sigterm", "final-sigkill", "failed", "cleaning",
        ]),
        ("swap",
        [
            "dead", "activating", "activating-done", "active", "deactivating", "deactivating-sigterm",
            "deactivating-sigkill", "failed", "cleaning",
        ]),
        ("target", ["dead", "active"]),
        ("timer", ["dead", "waiting", "running", "elapsed", "failed"]),
    ];

    internal static int PrintTypes(CommandOutput output, bool legend)
    {
        Print(output, legend, "Available unit types:", Types);
        return 0;
    }

    internal static int PrintStates(CommandOutput output, bool legend)
    {
        Print(output, legend, "Available unit load states:", Load);
        Print(output, legend, "\nAvailable unit active states:", Active);
        Print(output, legend, "\nAvailable unit file states:", s_file);
        foreach (var (type, states) in s_sub)
        {
            Print(output, legend, $"\nAvailable {type} unit substates:", states);
        }

        return 0;
    }

    private static void Print(CommandOutput output, bool legend, string title, string[] words)
    {
        if (legend)
        {
            output.WriteLine(title);
        }

        foreach (var word in words)
        {
            output.WriteLine(word);
        }
    }
}
