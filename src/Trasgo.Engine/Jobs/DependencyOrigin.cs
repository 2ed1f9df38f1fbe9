namespace Trasgo.Engine.Jobs;

/// <summary>
/// Why a dependency exists, so that a reload can drop those of one cause and keep the others. The same
/// dependency may have several causes.
/// </summary>
[Flags]
internal enum DependencyOrigin : ushort
{
    None = 0,

    /// <summary>Written in the unit file, a drop-in, or as a link in <c>.wants/</c> or <c>.requires/</c>.</summary>
    File = 1 << 0,

    /// <summary>Follows from the name and type of the unit alone.</summary>
    Implicit = 1 << 1,

    /// <summary><c>DefaultDependencies=yes</c>.</summary>
    Default = 1 << 2,
    Udev = 1 << 3,

    /// <summary><c>RequiresMountsFor=</c>.</summary>
    Path = 1 << 4,

    /// <summary>A mount unit's file, until the kernel lists the mount.</summary>
    MountFile = 1 << 5,

    /// <summary>/proc/self/mountinfo.</summary>
    MountInfo = 1 << 6,

    /// <summary>/proc/swaps.</summary>
    ProcSwap = 1 << 7,

    /// <summary><c>Slice=</c>.</summary>
    SliceProperty = 1 << 8,
    All = (1 << 9) - 1,
}
