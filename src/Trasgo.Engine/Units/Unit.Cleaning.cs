using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Units;

/// <summary>What becomes of a request to clean a unit; in brackets the errno of systemd's unit_clean().</summary>
internal enum CleanOutcome
{
    /// <summary>Done, or begun: then the unit is in maintenance until it is done.</summary>
    Begun,

    /// <summary>Units of this type keep nothing (EOPNOTSUPP).</summary>
    NotSupported,

    /// <summary>Nothing of the kind is kept (EUNATCH).</summary>
    Nothing,

    /// <summary>It is up, has a job, or is not loaded (EBUSY).</summary>
    Busy,

    /// <summary>It could not be begun; the log says why.</summary>
    Failed,
}

internal abstract partial class Unit
{
    /// <summary>What can be cleaned by the settings of the unit (CanClean=); null for types that keep nothing.</summary>
    public virtual CleanMask? Cleanable => null;

    public CleanOutcome Clean(CleanMask what)
    {
        if (Cleanable is null)
        {
            return CleanOutcome.NotSupported;
        }

        if (what == CleanMask.None)
        {
            return CleanOutcome.Nothing;
        }

        return LoadState != UnitLoadState.Loaded || Job is not null || ActiveState != UnitActiveState.Inactive
            ? CleanOutcome.Busy
            : CleanNow(what);
    }

    protected virtual CleanOutcome CleanNow(CleanMask what) => CleanOutcome.NotSupported;
}
