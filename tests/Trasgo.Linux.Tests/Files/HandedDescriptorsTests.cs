namespace Trasgo.Linux.Tests;

/// <summary>Descriptors on their way from one program to the next, in one process.</summary>
public class HandedDescriptorsTests
{
    [Fact]
    public void Handed_AreInheritedOnlyWhileItIsSaidSo()
    {
        using var descriptor = Pipe.EventCounter().OrThrow("eventfd");
        var handed = new HandedDescriptors();
        Assert.Equal(descriptor.Raw, handed.Add(descriptor));
        Assert.True(IsCloseOnExec(descriptor.Raw));

        handed.SetInherited(true);
        Assert.False(IsCloseOnExec(descriptor.Raw));
        handed.SetInherited(false);
        Assert.True(IsCloseOnExec(descriptor.Raw));
    }

    [Fact]
    public void Inherited_IsCloseOnExecFromThenOn_AndIsTakenOnce()
    {
        using var descriptor = Pipe.EventCounter().OrThrow("eventfd");
        descriptor.SetInherited(true);
        using var inherited = new InheritedDescriptors();

        inherited.Adopt([descriptor.Raw, descriptor.Raw]);

        Assert.True(IsCloseOnExec(descriptor.Raw));
        Assert.Equal(1, inherited.Count);
        var taken = inherited.Take(descriptor.Raw);
        Assert.NotNull(taken);
        Assert.Equal(descriptor.Raw, taken.Release());
        Assert.Null(inherited.Take(descriptor.Raw));
    }

    [Fact]
    public void Inherited_ThatNobodyTakes_IsClosed()
    {
        var number = Pipe.EventCounter().OrThrow("eventfd").Release();
        var inherited = new InheritedDescriptors();
        inherited.Adopt([number]);

        inherited.Dispose();

        Assert.False(File.Exists($"/proc/self/fd/{number}") && IsEventCounter(number));
    }

    [Fact]
    public void Adopt_OfWhatIsNoDescriptor_TakesNothing()
    {
        using var inherited = new InheritedDescriptors();

        inherited.Adopt([-1, 0, 1, 2, 1_000_000_000]);

        Assert.Equal(0, inherited.Count);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("ñ 😀")]
    [InlineData("lone \uDCFE byte")]
    public void Utf8_Decoded_IsWhatWasEncoded(string text) => Assert.Equal(text, Utf8.Decode(Utf8.Encode(text)));

    [Fact]
    public void OwnPaths_NameTheBinaryThatRuns() => Assert.Equal(new FileInfo("/proc/self/exe").ResolveLinkTarget(returnFinalTarget: false)!.FullName, ReExecution.OwnPaths()[0]);

    private static bool IsCloseOnExec(int number)
    {
        foreach (var line in File.ReadLines($"/proc/self/fdinfo/{number}"))
        {
            if (line.StartsWith("flags:", StringComparison.Ordinal))
            {
                return (Convert.ToInt32(line[6..].Trim(), 8) & 0x80000) != 0;
            }
        }

        throw new InvalidOperationException($"nothing is known of descriptor {number}");
    }

    private static bool IsEventCounter(int number) => new FileInfo($"/proc/self/fd/{number}").LinkTarget?.Contains("eventfd", StringComparison.Ordinal) == true;
}
