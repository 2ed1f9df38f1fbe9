using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>
/// A property. The getter writes one value of the signature; the setter reads one and answers null, or why it refuses.
/// </summary>
internal sealed record BusProperty(
    string Name,
    string Signature,
    Action<object, MessageWriter> Get,
    MemberFlags Flags = MemberFlags.None,
    Func<object, MessageReader, BusError?>? Set = null) : BusMember(Name, Flags);
