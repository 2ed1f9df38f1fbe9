namespace Trasgo.Engine.Units;

/// <summary>A refusal in the words that a client on the bus gets: the error's name and its text.</summary>
internal sealed record BusFailure(string Name, string Message);
