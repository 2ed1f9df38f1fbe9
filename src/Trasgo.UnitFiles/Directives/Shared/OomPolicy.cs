namespace Trasgo.UnitFiles.Directives;

/// <summary>What happens when the kernel kills a process of the unit for want of memory, OOMPolicy=.</summary>
internal enum OomPolicy
{
    Continue,
    Stop,
    Kill,
}
