namespace Trasgo.Linux;

/// <summary>An argument of an operation: a number, address or descriptor, or the result that an earlier operation left in a slot.</summary>
internal readonly record struct SpawnArgument(long Value, bool IsSlot, bool IsAddress = false, bool IsLent = false)
{
    /// <summary>
    /// A descriptor that somebody else keeps open until the program has been handed to the spawner, no longer. A child that is made at once has its own
    /// by then; for one that has to wait its turn the spawner makes copies (<see cref="SpawnProgram.KeepLent"/>).
    /// </summary>
    public static SpawnArgument Lent(Descriptor descriptor) => new(descriptor.Raw, false, IsLent: true);

    public static implicit operator SpawnArgument(int value) => new(value, false);

    public static implicit operator SpawnArgument(uint value) => new(value, false);

    public static implicit operator SpawnArgument(long value) => new(value, false);

    public static implicit operator SpawnArgument(nint value) => new(value, false, IsAddress: true);

    public static implicit operator SpawnArgument(SpawnSlot slot) => new(slot.Index, true);
}

/// <summary>A place for a result, known when the program is written and filled when it runs.</summary>
internal readonly record struct SpawnSlot(int Index);
