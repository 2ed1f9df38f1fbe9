using Trasgo.Linux;

namespace Trasgo.Engine.State;

/// <summary>Where descriptors stay while one manager makes way for the next; a record names them by number.</summary>
internal interface IDescriptorShelf
{
    /// <summary>The descriptor is to be there for whoever reads the record. It stays its owner's until then.</summary>
    int Put(Descriptor descriptor);

    /// <summary>The descriptor of that number, which is the caller's from now on; null if none was left here, or somebody has taken it.</summary>
    Descriptor? Take(int number);
}
