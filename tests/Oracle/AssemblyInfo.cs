using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

// Containers take what the machine has; the two managers of one case are parallel enough.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
