namespace Trasgo.UnitFiles.Directives;

/// <summary>How a directive's property stands on the bus; without Const, EmitsChange or EmitsInvalidation it just never signals.</summary>
[Flags]
internal enum BusFlags
{
    None = 0,

    Const = 1,

    EmitsChange = 2,

    EmitsInvalidation = 4,

    /// <summary>Readable by name, but neither introspected nor part of GetAll.</summary>
    Hidden = 8,

    /// <summary>No property at all: a name that only clients who set properties use.</summary>
    WriteOnly = 16,

    /// <summary>May be set on a transient unit while it is created.</summary>
    Transient = 32,

    /// <summary>May be set on a loaded unit (SetUnitProperties).</summary>
    Runtime = 64,

    /// <summary>What clients set joins what the unit has, and an empty list takes all of it back.</summary>
    AddsUp = 128,
}
