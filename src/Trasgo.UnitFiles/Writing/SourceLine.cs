namespace Trasgo.UnitFiles.Writing;

/// <summary>Where in which file a service stands, and how it is written there.</summary>
internal sealed record SourceLine(string File, int Line, string Text)
{
    public override string ToString() => $"{File}:{Line}";
}
