using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

/// <summary>An array of strings as execve(2) takes it, in one block of memory.</summary>
internal sealed unsafe class StringVector : IDisposable
{
    public StringVector(IReadOnlyList<byte[]> strings)
    {
        int pointers = (strings.Count + 1) * sizeof(byte*);
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(pointers + strings.Sum(text => text.Length + 1)));
        byte* next = (byte*)Pointer + pointers;
        for (int i = 0; i < strings.Count; i++)
        {
            strings[i].CopyTo(new Span<byte>(next, strings[i].Length));
            Pointer[i] = next;
            next += strings[i].Length + 1;
        }
    }

    public byte** Pointer { get; private set; }

    public void Dispose()
    {
        NativeMemory.Free(Pointer);
        Pointer = null;
    }
}
