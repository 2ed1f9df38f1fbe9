namespace Trasgo.Linux;

/// <summary>
/// Descriptors that a process keeps open for the program that it is about to become. They are close-on-exec until the last moment, so that no
/// child that is born meanwhile has them; and if the program cannot be executed after all, they are so again.
/// </summary>
internal sealed class HandedDescriptors
{
    private readonly List<Descriptor> _descriptors = [];

    public IEnumerable<int> Numbers => _descriptors.Select(static descriptor => descriptor.Raw);

    /// <summary>The number by which the program finds it. It stays its owner's.</summary>
    public int Add(Descriptor descriptor)
    {
        _descriptors.Add(descriptor);
        return descriptor.Raw;
    }

    public void SetInherited(bool inherited)
    {
        foreach (var descriptor in _descriptors)
        {
            _ = descriptor.SetInherited(inherited);
        }
    }
}
