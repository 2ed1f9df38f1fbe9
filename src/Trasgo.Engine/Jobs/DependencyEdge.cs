using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

/// <summary>One dependency: the other unit, and who caused it at either end.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DependencyEdge(IJobUnit Other, DependencyOrigin Origin, DependencyOrigin Destination);
