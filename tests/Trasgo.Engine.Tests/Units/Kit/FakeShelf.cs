using Trasgo.Engine.State;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Between two managers in one process: each has descriptors of its own, as if the first had gone.</summary>
internal sealed class FakeShelf : IDescriptorShelf
{
    private readonly Dictionary<int, Descriptor> _left = [];

    /// <summary>What nobody has taken.</summary>
    public int Left => _left.Count;

    public int Put(Descriptor descriptor)
    {
        var copy = descriptor.Duplicate().OrThrow("dup");
        _left.Add(copy.Raw, copy);
        return copy.Raw;
    }

    public Descriptor? Take(int number) => _left.Remove(number, out var descriptor) ? descriptor : null;
}
