using System.Diagnostics.CodeAnalysis;

namespace Trasgo.Engine.Jobs;

/// <summary>The words for job types, modes, states and results on the bus and in messages.</summary>
internal static class JobNames
{
    private static readonly string[] s_types =
        ["start", "verify-active", "stop", "reload", "restart", "nop", "try-restart", "try-reload", "reload-or-start"];

    private static readonly string[] s_modes =
        ["fail", "replace", "replace-irreversibly", "isolate", "flush", "ignore-dependencies", "ignore-requirements", "triggering"];

    private static readonly string[] s_states = ["waiting", "running"];

    private static readonly string[] s_results =
        ["done", "canceled", "timeout", "failed", "dependency", "skipped", "invalid", "assert", "unsupported", "collected", "once"];

    public static string Name(this JobType type) => s_types[(int)type];

    public static string Name(this JobMode mode) => s_modes[(int)mode];

    public static string Name(this JobState state) => s_states[(int)state];

    public static string Name(this JobResult result) => s_results[(int)result];

    public static bool TryParse([NotNullWhen(true)] string? text, out JobType type)
    {
        var index = Array.IndexOf(s_types, text);
        type = (JobType)Math.Max(index, 0);
        return index >= 0;
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out JobMode mode)
    {
        var index = Array.IndexOf(s_modes, text);
        mode = (JobMode)Math.Max(index, 0);
        return index >= 0;
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out JobState state)
    {
        var index = Array.IndexOf(s_states, text);
        state = (JobState)Math.Max(index, 0);
        return index >= 0;
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out JobResult result)
    {
        var index = Array.IndexOf(s_results, text);
        result = (JobResult)Math.Max(index, 0);
        return index >= 0;
    }
}
