namespace Trasgo.Daemon.Tests.Probes;

/// <summary>Tests that change the environment of the test process: one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentCollection
{
    public const string Name = "environment";
}
