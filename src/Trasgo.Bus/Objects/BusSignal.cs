namespace Trasgo.Bus.Objects;

/// <summary>A signal, which only introspection needs to know of.</summary>
internal sealed record BusSignal(string Name, string Signature, string[] ArgumentNames, MemberFlags Flags = MemberFlags.None)
    : BusMember(Name, Flags);
