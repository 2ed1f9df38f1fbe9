using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager.Bus;

/// <summary>What a client's properties come to: lines of a unit file, and what only lives in memory.</summary>
internal sealed class UnitChanges
{
    public List<Setting> Settings { get; } = [];

    /// <summary>The client keeps the unit loaded (AddRef).</summary>
    public bool AddReference { get; set; }

    public IReadOnlyList<string>? Markers { get; set; }

    /// <summary>Descriptors for the standard streams; never written down, as they mean something to this process only.</summary>
    public StandardStreams Streams { get; } = new();

    public bool DescriptorsRanOut { get; set; }
}
