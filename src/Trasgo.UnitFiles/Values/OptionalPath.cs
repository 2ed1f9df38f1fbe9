namespace Trasgo.UnitFiles.Values;

/// <summary>A path that may have stood behind a "-": then it is no error if nothing is there.</summary>
internal readonly record struct OptionalPath(string Path, bool MissingOk)
{
    public override string ToString() => MissingOk ? "-" + Path : Path;
}
