namespace Trasgo.Linux;

/// <summary>The C library's heap: programs of the spawner live there while they run.</summary>
internal static class NativeHeap
{
    /// <summary>Gives pages that are free now back to the system, malloc_trim(3).</summary>
    public static void Trim() => _ = Libc.malloc_trim(0);
}
