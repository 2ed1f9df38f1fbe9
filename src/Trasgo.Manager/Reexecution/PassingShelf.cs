using Trasgo.Engine.State;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>The other side: the descriptors that the next manager finds.</summary>
internal sealed class PassingShelf(HandedDescriptors handed) : IDescriptorShelf
{
    public int Put(Descriptor descriptor) => handed.Add(descriptor);

    public Descriptor? Take(int number) => null;
}
