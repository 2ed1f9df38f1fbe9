namespace Trasgo.Linux;

/// <summary>
/// Where one controller is: in the cgroup2 tree that holds the units, or in a v1 hierarchy of its own (<see cref="IsLegacy"/>), and the
/// directory there that stands for <see cref="ControlGroups.Root"/>.
/// </summary>
internal sealed record ControllerHierarchy(string Controller, string RootDirectory, bool IsLegacy);
