using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Groups of settings as they are where no unit file gives any: one of each is enough for all such units.</summary>
internal sealed class SharedDefaults(ManagerDefaults defaults)
{
    /// <summary>Of services that could not be loaded, for which nothing is implied.</summary>
    public ExecConfig UnreadServiceExec { get; } = NewServiceExec(defaults);

    /// <summary>With what follows from the manager's own settings (<see cref="ExecRules.Complete"/>).</summary>
    public ExecConfig ServiceExec { get; } = NewServiceExec(defaults);

    public ResourceConfig Resources { get; } = new(defaults);

    public static ExecConfig NewServiceExec(ManagerDefaults defaults) => new(defaults)
    {
        KeyringMode = defaults.Scope == RuntimeScope.System ? KeyringMode.Private : KeyringMode.Inherit,
    };
}
