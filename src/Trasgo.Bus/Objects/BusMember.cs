namespace Trasgo.Bus.Objects;

/// <summary>One row of an interface's table.</summary>
internal abstract record BusMember(string Name, MemberFlags Flags);
