using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd's words for the enumerations of this folder, each in the order of its members.</summary>
internal static class ServiceWords
{
    public static readonly NameTable<NotifyAccess> NotifyAccess = new(
        "none", "main", "exec", "all");

    public static readonly NameTable<RestartPolicy> RestartPolicy = new(
        "no", "on-success", "on-failure", "on-abnormal", "on-watchdog", "on-abort", "always");

    public static readonly NameTable<ServiceExitType> ServiceExitType = new(
        "main", "cgroup");

    public static readonly NameTable<ServiceType> ServiceType = new(
        "simple", "forking", "oneshot", "dbus", "notify", "idle", "exec");

    public static readonly NameTable<TimeoutFailureMode> TimeoutFailureMode = new(
        "terminate", "abort", "kill");
}
