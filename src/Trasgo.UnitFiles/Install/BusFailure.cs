namespace Trasgo.UnitFiles.Install;

/// <summary>The name and the text of an error on the bus.</summary>
internal sealed record BusFailure(string Name, string Message);
