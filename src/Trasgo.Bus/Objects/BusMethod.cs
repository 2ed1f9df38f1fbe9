namespace Trasgo.Bus.Objects;

/// <summary>A method. Its handler answers through the call, now or later.</summary>
internal sealed record BusMethod(
    string Name,
    string In,
    string[] InNames,
    string Out,
    string[] OutNames,
    Action<BusCall> Handler,
    MemberFlags Flags = MemberFlags.None) : BusMember(Name, Flags);
