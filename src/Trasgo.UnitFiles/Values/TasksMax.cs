using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.Values;

/// <summary>A number of tasks, or a share of what the system can have when <see cref="Scale"/> is not zero.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TasksMax(ulong Value, ulong Scale = 0)
{
    public static readonly TasksMax Unset = new(ulong.MaxValue);

    public bool IsSet => Value != ulong.MaxValue || Scale != 0;

    public ulong Resolve(ulong maxTasks) => Scale == 0 ? Value : (ulong)((UInt128)maxTasks * Value / Scale);
}
