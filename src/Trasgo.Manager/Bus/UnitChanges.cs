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

    /// <summary>The processes of a new scope, 0 for the client itself; null where none were named.</summary>
    public List<uint>? Pids { get; set; }

    /// <summary>Who on the message bus looks after the scope.</summary>
    public string? Controller { get; set; }

    public bool DescriptorsRanOut { get; set; }
}
