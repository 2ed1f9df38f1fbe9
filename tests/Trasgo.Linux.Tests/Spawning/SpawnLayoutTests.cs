using System.Runtime.InteropServices;

namespace Trasgo.Linux.Tests;

/// <summary>The structures of spawn.h, whose offsets its own text gives: all members are naturally aligned.</summary>
public sealed class SpawnLayoutTests
{
    [Fact]
    public void Operation_Layout_IsTheOneOfSpawnH()
    {
        Assert.Equal(72, Marshal.SizeOf<NativeOperation>());
        Assert.Equal(20, (int)Marshal.OffsetOf<NativeOperation>(nameof(NativeOperation.FromSlot)));
        Assert.Equal(22, (int)Marshal.OffsetOf<NativeOperation>(nameof(NativeOperation.Addresses)));
        Assert.Equal(23, (int)Marshal.OffsetOf<NativeOperation>(nameof(NativeOperation.Lent)));
        Assert.Equal(24, (int)Marshal.OffsetOf<NativeOperation>(nameof(NativeOperation.Arguments)));
    }

    [Fact]
    public void Program_Layout_IsTheOneOfSpawnH()
    {
        Assert.Equal(64, Marshal.SizeOf<NativeProgram>());
        Assert.Equal(16, (int)Marshal.OffsetOf<NativeProgram>(nameof(NativeProgram.Count)));
        Assert.Equal(40, (int)Marshal.OffsetOf<NativeProgram>(nameof(NativeProgram.Error)));
        Assert.Equal(44, (int)Marshal.OffsetOf<NativeProgram>(nameof(NativeProgram.Running)));
        Assert.Equal(48, (int)Marshal.OffsetOf<NativeProgram>(nameof(NativeProgram.Stack)));
    }

    [Fact]
    public void Image_Layout_IsTheOneOfSpawnH()
    {
        Assert.Equal(24, Marshal.SizeOf<NativeImage>());
        Assert.Equal(8, (int)Marshal.OffsetOf<NativeImage>(nameof(NativeImage.Relocations)));
        Assert.Equal(16, (int)Marshal.OffsetOf<NativeImage>(nameof(NativeImage.Count)));
    }
}
