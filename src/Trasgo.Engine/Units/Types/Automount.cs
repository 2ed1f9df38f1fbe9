using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>A mount point that is mounted when somebody looks (systemd.automount(5)).</summary>
internal sealed class Automount(EngineContext context, UnitName name) : TriggeringUnit<AutomountConfig>(context, name)
{
    /// <summary>What the manager itself tells the kernel's autofs.</summary>
    private static readonly string[] s_reservedOptions = ["fd", "pgrp", "minproto", "maxproto", "direct", "indirect"];

    public override UnitConfig Config => Settings.Unit;

    protected override DirectiveTable<AutomountConfig> Table => AutomountDirectives.Table;

    public override UnitActiveState ActiveState => UnitActiveState.Inactive;

    public override string SubState => "dead";

    public override string ResultName => "success";

    public override string Unsupported => "Automount units are not supported by this version.";

    public override UnitLoadError? FinishLoading()
    {
        AddTrigger(Name.PrefixAndInstance + ".mount");
        var where = Settings.Where ?? Name.ToPath();
        if (System.IO.Path.GetDirectoryName(where) is { } parent)
        {
            RequireMountsFor(parent);
        }

        if (Config.DefaultDependencies && Context.Scope == RuntimeScope.System)
        {
            AddDependency(UnitDependency.Before, SpecialUnits.LocalFsTarget, DependencyOrigin.Default);
            AddDependency(UnitDependency.After, SpecialUnits.LocalFsPreTarget, DependencyOrigin.Default);
            AddDependencies(UnitDependency.Before, UnitDependency.Conflicts, SpecialUnits.UmountTarget, DependencyOrigin.Default);
        }

        return Refusal(where) is { } refusal ? Refuse(refusal) : null;
    }

    private string? Refusal(string? where)
    {
        if (where == "/")
        {
            return "Cannot have an automount unit for the root directory. Refusing.";
        }

        if (where is null || UnitName.FromPath(where, UnitType.Automount)?.Text != Id)
        {
            return "Where= setting doesn't match unit name. Refusing.";
        }

        return s_reservedOptions.FirstOrDefault(option => HasOption(Settings.ExtraOptions, option)) is { } reserved
            ? $"ExtraOptions= setting may not contain reserved option {reserved}."
            : null;
    }

    /// <summary>With or without a value.</summary>
    private static bool HasOption(string? options, string name) =>
        options is not null && options.Split(',').Any(option => option == name || option.StartsWith(name + '=', StringComparison.Ordinal));

    protected override AutomountConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults));

    protected override JobOutcome StartNow() => JobOutcome.NotSupportedByHost;

    protected override JobOutcome StopNow() => JobOutcome.Already;
}
