namespace Trasgo.Bus.Objects;

/// <summary>What introspection and change signals say about a member, with sd-bus's names.</summary>
[Flags]
internal enum MemberFlags
{
    None = 0,
    Deprecated = 1,
    Hidden = 2,
    NoReply = 4,

    /// <summary>Anybody who may connect may call it; only introspection tells.</summary>
    Unprivileged = 8,

    /// <summary>The property's new value is part of PropertiesChanged.</summary>
    EmitsChange = 16,

    /// <summary>PropertiesChanged only names the property.</summary>
    EmitsInvalidation = 32,

    Const = 64,

    /// <summary>Costly or rarely wanted: left out of GetAll, answered to Get.</summary>
    Explicit = 128,
}
