namespace Trasgo.Linux;

/// <summary>The other side of <see cref="HandedDescriptors"/>: the descriptors that the program before us has left open, each of which has to be taken by somebody.</summary>
internal sealed class InheritedDescriptors : IDisposable
{
    private const int StandardError = 2;

    private readonly Dictionary<int, Descriptor> _left = [];

    public int Count => _left.Count;

    /// <summary>From now on no child of ours has them. Numbers that are no descriptors, or the standard ones, are passed over.</summary>
    public void Adopt(IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            if (number <= StandardError || _left.ContainsKey(number))
            {
                continue;
            }

            var descriptor = Descriptor.Adopt(number);
            if (descriptor.SetInherited(false))
            {
                _left.Add(number, descriptor);
            }
            else
            {
                descriptor.Release();
            }
        }
    }

    public Descriptor? Take(int number) => _left.Remove(number, out var descriptor) ? descriptor : null;

    /// <summary>Whatever nobody has taken belongs to nobody.</summary>
    public void Dispose()
    {
        foreach (var descriptor in _left.Values)
        {
            descriptor.Dispose();
        }

        _left.Clear();
    }
}
