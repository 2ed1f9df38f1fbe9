using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

// Some scenarios measure time; they have the machine to themselves.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
