namespace Trasgo.Daemon.Tests.Packaging;

/// <summary>Compilers that take all processors: not beside tests of time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PublishingCollection
{
    public const string Name = "publishing";
}
