namespace Trasgo.Bus.Wire;

/// <summary>What a refused call answers: an error name that clients act upon, and a text that they show.</summary>
internal sealed record BusError(string Name, string Message);
