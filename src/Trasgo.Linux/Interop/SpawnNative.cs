using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>Signature of native/spawn.c: a library of its own in tests, part of the executable in the native binary.</summary>
internal static unsafe partial class SpawnNative
{
    [LibraryImport("trasgo_spawn")]
    public static partial int trasgo_spawn(NativeProgram* program);

    [LibraryImport("trasgo_spawn")]
    public static partial int trasgo_spawn_apart(NativeProgram* program);
}

/// <summary>struct operation of spawn.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeOperation
{
    public int Kind;
    public int Step;
    public int Flags;
    public int Number;
    public int Store;
    public ushort FromSlot;
    public byte Addresses;
    public byte Lent;
    public fixed long Arguments[6];
}

/// <summary>struct program of spawn.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeProgram
{
    public NativeOperation* Operations;
    public long* Slots;
    public int Count;
    public int ControlGroup;
    public int Pid;
    public int PidFd;
    public int FailedStep;
    public int FailedOperation;
    public int Error;
    public int Running;
    public byte* Stack;
    public long StackSize;
}

/// <summary>struct image of spawn.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeImage
{
    public ulong Program;
    public ulong Relocations;
    public ulong Count;
}
