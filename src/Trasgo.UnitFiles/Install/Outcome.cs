using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.Install;

/// <summary>How many rules a unit had to install, or why that failed.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Outcome(int Count, InstallError Error)
{
    public static readonly Outcome Nothing;

    public bool Failed => Error != InstallError.None;

    public bool IsNothing => Count == 0 && !Failed;

    public static implicit operator Outcome(int count) => new(count, InstallError.None);

    public static implicit operator Outcome(InstallError error) => new(0, error);

    /// <summary>The first failure stays; otherwise the later result.</summary>
    public Outcome Then(Outcome next) => Failed ? this : next;

    /// <summary>The first result that is not nothing.</summary>
    public Outcome Or(Outcome other) => IsNothing ? other : this;

    /// <summary>As Or, but a failure goes before a success.</summary>
    public Outcome OrFailure(Outcome other) => IsNothing || (other.Failed && !Failed) ? other : this;

    public Outcome Plus(Outcome other) => Failed ? this : other.Failed ? other : new Outcome(Count + other.Count, InstallError.None);
}
