namespace Trasgo.UnitFiles.Writing;

/// <summary>A unit file that a generator writes: its name and what is in it.</summary>
internal sealed record GeneratedUnit(string Name, string Text);
