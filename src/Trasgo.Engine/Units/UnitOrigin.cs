namespace Trasgo.Engine.Units;

/// <summary>The files that a unit was read from.</summary>
internal sealed record UnitOrigin
{
    public static readonly UnitOrigin None = new();

    public string FragmentPath { get; init; } = "";

    public string SourcePath { get; init; } = "";

    public IReadOnlyList<string> DropInPaths { get; init; } = [];

    /// <summary>Tells whether one of the files is another than the one that was read (NeedDaemonReload=).</summary>
    public Func<bool>? HasChanged { get; init; }
}
