using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

/// <summary>
/// Order of runnable jobs. <paramref name="TypeRank"/> is systemd's order of unit types: service, mount, swap,
/// socket, target, device, automount, timer, path, slice, scope, from 0.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RunPriority(int TypeRank, ulong CpuWeight, int Nice);
