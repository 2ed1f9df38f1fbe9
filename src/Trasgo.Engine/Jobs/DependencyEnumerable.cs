using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

/// <summary><c>foreach (var other in unit.Dependencies(atoms))</c> without an allocation.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct DependencyEnumerable(IJobUnit unit, UnitDependencyAtom atoms)
{
    public Enumerator GetEnumerator() => new(unit, atoms);

    [StructLayout(LayoutKind.Auto)]
    internal struct Enumerator(IJobUnit unit, UnitDependencyAtom atoms)
    {
        private ulong _cursor;
        private IJobUnit? _current;

        public readonly IJobUnit Current => _current!;

        public bool MoveNext() => unit.NextDependency(atoms, ref _cursor, out _current);
    }
}
