using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>
/// The dependencies that follow from other settings of a unit ("Implicit Dependencies" of systemd.exec(5),
/// systemd.resource-control(5) and systemd.unit(5)).
/// </summary>
internal static class ImplicitDependencies
{
    /// <summary>
    /// StandardOutput=inherit and StandardError=inherit stand for the manager's defaults, unless standard input
    /// is something that is good for both directions.
    /// </summary>
    public static void FixStandardStreams(ExecConfig exec, ManagerDefaults defaults)
    {
        if (exec.StandardInput == ExecInput.Null && exec.StandardInputData.Length > 0)
        {
            exec.StandardInput = ExecInput.Data;
        }

        if (exec.StandardInput is ExecInput.Tty or ExecInput.TtyForce or ExecInput.TtyFail or ExecInput.Socket or ExecInput.NamedDescriptor)
        {
            return;
        }

        if (exec is { StandardError: ExecOutput.Inherit, StandardOutput: ExecOutput.Inherit })
        {
            exec.StandardError = defaults.StandardError;
        }

        if (exec.StandardOutput == ExecOutput.Inherit)
        {
            exec.StandardOutput = defaults.StandardOutput;
        }
    }

    public static void OfExec(Unit unit, ExecConfig exec)
    {
        if (exec.WorkingDirectory is { Path: { } directory, MissingOk: false })
        {
            unit.RequireMountsFor(directory);
        }

        if (exec.RootDirectory is { Length: > 0 } root)
        {
            unit.RequireMountsFor(root);
        }

        if (exec.RootImage is { Length: > 0 } image)
        {
            unit.RequireMountsFor(image);
        }

        foreach (var path in unit.Context.Directories.PathsOf(exec))
        {
            unit.RequireMountsFor(path);
        }

        if (unit.Context.Scope != RuntimeScope.System)
        {
            return;
        }

        if (exec.StateDirectory.Items.Count > 0 || exec.CacheDirectory.Items.Count > 0 || exec.LogsDirectory.Items.Count > 0)
        {
            unit.AddDependency(UnitDependency.After, SpecialUnits.RemountFsService, DependencyOrigin.File);
        }

        if (exec.PrivateTmp)
        {
            unit.AddDependencies(UnitDependency.After, UnitDependency.Wants, SpecialUnits.TmpMount, DependencyOrigin.File);
            unit.RequireMountsFor("/var/tmp");
            unit.AddDependency(UnitDependency.After, SpecialUnits.TmpfilesSetupService, DependencyOrigin.File);
        }

        if (exec.RootImage is { Length: > 0 })
        {
            // An image is mounted through a loop device, whose node udev makes.
            unit.AddDependency(UnitDependency.After, SpecialUnits.UdevdService, DependencyOrigin.File);
        }

        if (exec.LogNamespace is { } journal)
        {
            unit.AddDependencies(UnitDependency.After, UnitDependency.Requires, $"systemd-journald@{journal}.socket", DependencyOrigin.File);
            unit.AddDependencies(UnitDependency.After, UnitDependency.Requires, $"systemd-journald-varlink@{journal}.socket", DependencyOrigin.File);
        }
        else if (IsLogged(exec.StandardOutput) || IsLogged(exec.StandardError))
        {
            unit.AddDependency(UnitDependency.After, SpecialUnits.JournaldSocket, DependencyOrigin.File);
        }
    }

    /// <summary>Every unit with processes is in a slice, which must be there first.</summary>
    public static void OfSlice(Unit unit)
    {
        if (!unit.HasControlGroup || unit.Id == SpecialUnits.RootSlice)
        {
            return;
        }

        var origin = unit.Type == UnitType.Slice ? DependencyOrigin.Implicit : DependencyOrigin.File;
        if (unit.Slice is { } slice)
        {
            unit.AddDependency(UnitDependency.After, slice, origin);
            unit.AddDependency(UnitDependency.Requires, slice, origin);
        }
        else
        {
            unit.AddDependencies(UnitDependency.After, UnitDependency.Requires, SpecialUnits.RootSlice, origin);
        }
    }

    /// <summary>Slice=, or the slice of those who name none: by template, by manager.</summary>
    public static void SetSlice(Unit unit)
    {
        if (!unit.HasControlGroup || unit.Type == UnitType.Slice || unit.Slice is not null)
        {
            return;
        }

        var name = unit.Resources!.Slice is { Length: > 0 } chosen ? chosen : DefaultSlice(unit);
        if (unit.Context.Loader.Mention(name) is { } slice)
        {
            unit.AddDependency(UnitDependency.InSlice, slice, DependencyOrigin.File);
        }
    }

    private static string DefaultSlice(Unit unit)
    {
        var isSystem = unit.Context.Scope == RuntimeScope.System;
        if (unit.Name.IsInstance)
        {
            // A hyphen in the prefix would be a level of slices, so it is escaped once more.
            return (isSystem ? "system-" : "app-") + UnitName.Escape(unit.Name.Prefix) + ".slice";
        }

        if (unit.IsExtrinsic)
        {
            return SpecialUnits.RootSlice;
        }

        return isSystem ? SpecialUnits.SystemSlice : SpecialUnits.AppSlice;
    }

    private static bool IsLogged(ExecOutput output) =>
        output is ExecOutput.Journal or ExecOutput.JournalAndConsole or ExecOutput.Kmsg or ExecOutput.KmsgAndConsole;
}
