using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

/// <summary>All that a planned job's lot depends on besides dependencies, in one answer: <see cref="SettledClosures"/> asks some fifty units a start.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UnitStanding(UnitLoadState LoadState, UnitActiveState ActiveState, bool HasJob, bool IsPerpetual, bool IsFollowed);
