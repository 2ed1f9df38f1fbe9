using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

/// <summary>A slice: a place for units in the tree of control groups. Its parent is in its name (systemd.slice(5)).</summary>
internal sealed class Slice : SteadyUnit
{
    public Slice(EngineContext context, UnitName name)
        : base(context, name)
    {
        Settings = NewSettings();
        IsPerpetual = name.Text == SpecialUnits.RootSlice ||
            (name.Text == SpecialUnits.SystemSlice && context.Scope == RuntimeScope.System);
        if (IsPerpetual)
        {
            StartActive();
        }
    }

    public SliceConfig Settings { get; private set; }

    public override UnitConfig Config => Settings.Unit;

    public override ResourceConfig Resources => Settings.Resources;

    public override bool RequiresFragment => false;

    protected override bool ApplyOwn(in Assignment assignment, ParseContext context) =>
        SliceDirectives.Table.Apply(Settings, assignment, context);

    public override UnitLoadError? FinishLoading()
    {
        if (!Name.IsValidSlice)
        {
            Log(LogLevel.Error, "Slice name is not valid. Refusing.");
            return LoadErrors.BadSetting(Id);
        }

        if (IsPerpetual)
        {
            Settings.Unit.DefaultDependencies = false;
            Settings.Unit.Description ??= Id == SpecialUnits.RootSlice ? "Root Slice" : "System Slice";
            if (Settings.Unit.Documentation.Count == 0)
            {
                Settings.Unit.Documentation.Add("man:systemd.special(7)");
            }
        }

        if (Name.ParentSlice() is { } parent && Context.Loader.Mention(parent.Text) is { } slice)
        {
            AddDependency(UnitDependency.InSlice, slice, DependencyOrigin.Implicit);
        }

        if (Config.DefaultDependencies)
        {
            AddDependencies(UnitDependency.Before, UnitDependency.Conflicts, SpecialUnits.ShutdownTarget, DependencyOrigin.Default);
        }

        if (Settings.Unit.Description is null && Name.ToPath() is { } path)
        {
            Settings.Unit.Description = "Slice " + path;
        }

        return null;
    }

    protected override JobOutcome StartNow()
    {
        Context.Processes.Realize(this);
        return base.StartNow();
    }

    protected override void ResetSettings() => Settings = NewSettings();

    private SliceConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults), Context.Defaults);
}
