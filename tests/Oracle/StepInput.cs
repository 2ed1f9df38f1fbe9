namespace Trasgo.Oracle;

/// <summary>A file to lay down in a container.</summary>
internal sealed record StepInput(string Path, string Content, bool Executable);
