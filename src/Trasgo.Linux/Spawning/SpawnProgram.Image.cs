using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>
/// The program as a file, for a process that does not share our memory: (sd-pam), which runs it to become the command (native/pam.c).
/// Descriptors are numbers in it, so it may use only those that the process has.
/// </summary>
internal sealed unsafe partial class SpawnProgram
{
    private const int MaximumArguments = 6;

    /// <summary>struct image of spawn.h, the memory that the program points into, and the places in there that hold an address.</summary>
    public byte[] ToImage()
    {
        var program = Native;
        var offsets = new List<(nint Start, int Size, long Offset)>();
        long end = sizeof(NativeImage);
        foreach (var (start, size) in _memory.Chunks)
        {
            offsets.Add((start, size, end));
            end += size;
        }

        var relocations = AddressPlaces(program).ConvertAll(place => OffsetOf(offsets, place));
        var image = new byte[end + (relocations.Count * sizeof(long))];
        foreach (var (start, size, offset) in offsets)
        {
            new ReadOnlySpan<byte>((void*)start, size).CopyTo(image.AsSpan((int)offset));
        }

        foreach (var place in relocations)
        {
            var field = image.AsSpan((int)place);
            MemoryMarshal.Write(field, OffsetOf(offsets, (nint)MemoryMarshal.Read<long>(field)));
        }

        MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(relocations)).CopyTo(image.AsSpan((int)end));
        var header = new NativeImage { Program = (ulong)OffsetOf(offsets, (nint)program), Relocations = (ulong)end, Count = (ulong)relocations.Count };
        MemoryMarshal.Write(image, header);
        return image;
    }

    private List<nint> AddressPlaces(NativeProgram* program)
    {
        var places = new List<nint> { (nint)(&program->Operations), (nint)(&program->Slots) };
        for (var operation = program->Operations; operation < program->Operations + program->Count; operation++)
        {
            for (var argument = 0; argument < MaximumArguments; argument++)
            {
                if ((operation->Addresses >> argument & 1) == 0)
                {
                    continue;
                }

                places.Add((nint)(&operation->Arguments[argument]));
                if (operation->Kind == KindExecute)
                {
                    AddVector(places, (nint*)operation->Arguments[argument]);
                }
            }
        }

        return places;
    }

    private static void AddVector(List<nint> places, nint* vector)
    {
        for (; *vector != 0; vector++)
        {
            places.Add((nint)vector);
        }
    }

    private static long OffsetOf(List<(nint Start, int Size, long Offset)> chunks, nint address)
    {
        foreach (var (start, size, offset) in chunks)
        {
            if (address >= start && address < start + size)
            {
                return offset + (address - start);
            }
        }

        throw new InvalidOperationException("a program points only into its own memory");
    }
}
