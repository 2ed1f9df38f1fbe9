namespace Trasgo.Linux;

/// <summary>An argument of an operation: a number or address, or the result that an earlier operation left in a slot.</summary>
internal readonly record struct SpawnArgument(long Value, bool IsSlot, bool IsAddress = false)
{
    public static implicit operator SpawnArgument(int value) => new(value, false);

    public static implicit operator SpawnArgument(uint value) => new(value, false);

    public static implicit operator SpawnArgument(long value) => new(value, false);

    public static implicit operator SpawnArgument(nint value) => new(value, false, IsAddress: true);

    public static implicit operator SpawnArgument(SpawnSlot slot) => new(slot.Index, true);
}

/// <summary>A place for a result, known when the program is written and filled when it runs.</summary>
internal readonly record struct SpawnSlot(int Index);
