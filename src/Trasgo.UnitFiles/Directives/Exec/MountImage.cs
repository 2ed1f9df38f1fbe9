namespace Trasgo.UnitFiles.Directives;

/// <summary>MountImages= and, without a destination, ExtensionImages=.</summary>
internal sealed record MountImage(string Source, string? Destination, bool MissingOk, List<MountOptions> Options);
