using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>Memory outside the garbage collector's reach, whose addresses stay: what a spawn program points into. Freed all at once.</summary>
internal sealed unsafe class NativeArena : IDisposable
{
    private const int ChunkSize = 4 * 1024;

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

    /// <summary>Memory of its own with whatever was in it before.</summary>
    public byte* AllocateApart(int size)
    {
        var start = (byte*)NativeMemory.Alloc((nuint)size);
        _chunks.Add(((nint)start, size));
        return start;
    }

    public nint Text(ReadOnlySpan<char> text)
    {
        var length = Utf8.Length(text);
        var at = Allocate(length + 1);
        Utf8.Encode(text, new Span<byte>(at, length));
        return (nint)at;
    }

    /// <summary>"NAME=value", and room behind it; <paramref name="end"/> is where that begins.</summary>
    public nint Assignment(ReadOnlySpan<char> name, ReadOnlySpan<char> value, int room, out nint end)
    {
        var (nameLength, valueLength) = (Utf8.Length(name), Utf8.Length(value));
        var at = Allocate(nameLength + 1 + valueLength + room + 1);
        Utf8.Encode(name, new Span<byte>(at, nameLength));
        at[nameLength] = (byte)'=';
        Utf8.Encode(value, new Span<byte>(at + nameLength + 1, valueLength));
        end = (nint)(at + nameLength + 1 + valueLength);
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
    public nint Vector(ReadOnlySpan<string> texts)
    {
        var at = (nint*)Allocate((texts.Length + 1) * sizeof(nint));
        for (var i = 0; i < texts.Length; i++)
        {
            at[i] = Text(texts[i]);
        }

        return (nint)at;
    }

    /// <summary>The same of texts that were laid out before.</summary>
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
