using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager;

/// <summary>The words of one type of unit; "%s" stands for the unit. What a type has no words of its own for is said as of any unit.</summary>
internal sealed record JobWords
{
    private static readonly JobWords s_generic = new();

    private static readonly JobWords s_service = new() { StopFailed = "Stopped (with error) %s." };

    private static readonly JobWords s_oneshot = s_service with { Started = "Finished %s." };

    private static readonly JobWords s_target = new() { Started = "Reached target %s.", Stopped = "Stopped target %s." };

    private static readonly JobWords s_slice = new() { Started = "Created slice %s.", Stopped = "Removed slice %s." };

    private static readonly JobWords s_socket = new()
    {
        Started = "Listening on %s.",
        StartFailed = "Failed to listen on %s.",
        Stopped = "Closed %s.",
        StopFailed = "Failed stopping %s.",
    };

    private static readonly JobWords s_mount = new()
    {
        Starting = "Mounting %s...",
        Started = "Mounted %s.",
        StartFailed = "Failed to mount %s.",
        StartTimedOut = "Timed out mounting %s.",
        Stopping = "Unmounting %s...",
        Stopped = "Unmounted %s.",
        StopFailed = "Failed unmounting %s.",
        StopTimedOut = "Timed out unmounting %s.",
    };

    private static readonly JobWords s_swap = new()
    {
        Starting = "Activating swap %s...",
        Started = "Activated swap %s.",
        StartFailed = "Failed to activate swap %s.",
        StartTimedOut = "Timed out activating swap %s.",
        Stopping = "Deactivating swap %s...",
        Stopped = "Deactivated swap %s.",
        StopFailed = "Failed deactivating swap %s.",
        StopTimedOut = "Timed out deactivating swap %s.",
    };

    private static readonly JobWords s_automount = new()
    {
        Started = "Set up automount %s.",
        StartFailed = "Failed to set up automount %s.",
        Stopped = "Unset automount %s.",
        StopFailed = "Failed to unset automount %s.",
    };

    private static readonly JobWords s_device = new()
    {
        Starting = "Expecting device %s...",
        Started = "Found device %s.",
        StartTimedOut = "Timed out waiting for device %s.",
        Stopping = "Waiting for device %s to disappear...",
    };

    public string Starting { get; init; } = "Starting %s...";

    public string Started { get; init; } = "Started %s.";

    public string StartFailed { get; init; } = "Failed to start %s.";

    public string StartTimedOut { get; init; } = "Timed out starting %s.";

    public string Stopping { get; init; } = "Stopping %s...";

    public string Stopped { get; init; } = "Stopped %s.";

    public string StopFailed { get; init; } = "Stopped %s with error.";

    public string StopTimedOut { get; init; } = "Timed out stopping %s.";

    public static JobWords Of(Unit unit) => unit.Type switch
    {
        UnitType.Service => unit is Service { Settings.Type: ServiceType.Oneshot } ? s_oneshot : s_service,
        UnitType.Socket => s_socket,
        UnitType.Target => s_target,
        UnitType.Slice => s_slice,
        UnitType.Mount => s_mount,
        UnitType.Swap => s_swap,
        UnitType.Automount => s_automount,
        UnitType.Device => s_device,
        _ => s_generic,
    };
}
