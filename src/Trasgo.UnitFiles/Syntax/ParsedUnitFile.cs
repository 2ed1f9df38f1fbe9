namespace Trasgo.UnitFiles.Syntax;

/// <summary>What a file said up to its end or to the point of failure.</summary>
internal sealed record ParsedUnitFile(List<Assignment> Assignments, ParseFailure Failure);
