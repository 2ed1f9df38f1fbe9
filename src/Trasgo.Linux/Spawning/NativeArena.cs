using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>Memory outside the garbage collector's reach, whose addresses stay: what a spawn program points into. Freed all at once.</summary>
internal sealed unsafe class NativeArena : IDisposable
{
    private const int ChunkSize = 8 * 1024;

    private readonly List<(nint Start, int Size)> _chunks = [];
    private byte* _next;
    private int _left;

    /// <summary>All that was given out lies within these, each aligned to 16 bytes.</summary>
    public IReadOnlyList<(nint Start, int Size)> Chunks => _chunks;

    /// <summary>Zeroed memory, aligned to 16 bytes.</summary>
    public byte* Allocate(int size)
    {
        size = (size + 15) & ~15;
        if (size > _left)
        {
            var chunk = Math.Max(size, ChunkSize);
            _next = (byte*)NativeMemory.AllocZeroed((nuint)chunk);
            _left = chunk;
            _chunks.Add(((nint)_next, chunk));
        }

        var result = _next;
        _next += size;
        _left -= size;
        return result;
    }

    public nint Text(string text)
    {
        var bytes = Utf8.Encode(text);
        var at = Allocate(bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(at, bytes.Length));
        return (nint)at;
    }

    public nint Bytes(ReadOnlySpan<byte> bytes)
    {
        var at = Allocate(Math.Max(1, bytes.Length));
        bytes.CopyTo(new Span<byte>(at, bytes.Length));
        return (nint)at;
    }

    public nint Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged
        => Bytes(MemoryMarshal.AsBytes(values));

    /// <summary>A null-terminated array of pointers to texts, as execve(2) wants it.</summary>
    public nint Vector(ReadOnlySpan<nint> texts)
    {
        var at = (nint*)Allocate((texts.Length + 1) * sizeof(nint));
        texts.CopyTo(new Span<nint>(at, texts.Length));
        return (nint)at;
    }

    public void Dispose()
    {
        foreach (var (start, _) in _chunks)
        {
            NativeMemory.Free((void*)start);
        }

        _chunks.Clear();
        _left = 0;
    }
}
