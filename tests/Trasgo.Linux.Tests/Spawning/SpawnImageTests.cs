using System.Runtime.InteropServices;
using System.Text;

namespace Trasgo.Linux.Tests;

/// <summary>A program as a file, read as native/pam.c reads it: every relocation's field plus where the image lies.</summary>
public sealed unsafe class SpawnImageTests
{
    [Fact]
    public void Image_LoadedElsewhere_PointsIntoItself()
    {
        using var program = new SpawnProgram();
        program.ChangeDirectory("/srv");
        program.SetGroups([7, 9]);
        program.Execute(["/bin/echo", "/usr/bin/echo"], ["echo", new string('x', 20_000)], ["A=b"]);

        var image = program.ToImage();
        var memory = (byte*)NativeMemory.AlignedAlloc((nuint)image.Length, 16);
        try
        {
            image.CopyTo(new Span<byte>(memory, image.Length));
            var loaded = Load(memory);
            var operations = loaded->Operations;

            Assert.Equal(3, loaded->Count);
            Assert.Equal("/srv", TextAt(operations[0].Arguments[0]));
            Assert.Equal(2, operations[1].Arguments[0]);
            Assert.Equal([7U, 9U], new ReadOnlySpan<uint>((void*)operations[1].Arguments[1], 2).ToArray());
            Assert.Equal(["/bin/echo", "/usr/bin/echo"], VectorAt(operations[2].Arguments[0]));
            Assert.Equal(["echo", new string('x', 20_000)], VectorAt(operations[2].Arguments[1]));
            Assert.Equal(["A=b"], VectorAt(operations[2].Arguments[2]));
            Assert.InRange((long)loaded->Slots, (long)memory, (long)memory + image.Length);
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    [Fact]
    public void Image_OfArgumentsFromSlots_LeavesTheirNumbers()
    {
        using var program = new SpawnProgram();
        var file = program.Open(SpawnStep.Stdin, "/dev/null", OpenFlags.ReadOnly);
        program.Place(SpawnStep.Stdin, file, 0);

        var image = program.ToImage();
        fixed (byte* memory = image)
        {
            var operation = Load(memory)->Operations[1];

            Assert.Equal(((ushort)1, 0L, 0L), (operation.FromSlot, operation.Arguments[0], operation.Arguments[1]));
        }
    }

    private static NativeProgram* Load(byte* memory)
    {
        var header = *(NativeImage*)memory;
        var relocations = (ulong*)(memory + header.Relocations);
        for (var i = 0UL; i < header.Count; i++)
        {
            *(ulong*)(memory + relocations[i]) += (ulong)memory;
        }

        return (NativeProgram*)(memory + header.Program);
    }

    private static string TextAt(long address) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)address));

    private static List<string> VectorAt(long address)
    {
        var texts = new List<string>();
        for (var at = (long*)address; *at != 0; at++)
        {
            texts.Add(TextAt(*at));
        }

        return texts;
    }
}
