namespace Trasgo.Engine.Jobs;

/// <summary>The bus error that stands for the errno of a failed load, and its text.</summary>
internal sealed record UnitLoadError(string BusErrorName, string Text);
