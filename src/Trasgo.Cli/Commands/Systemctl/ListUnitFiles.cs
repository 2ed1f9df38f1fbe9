using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary><c>systemctl list-unit-files</c>, with what the preset files say of each.</summary>
internal static class ListUnitFiles
{
    internal static int Run(SystemctlContext context, string[] arguments)
    {
        var files = HostState.InstallsClientSide(context.Options)
            ? InstalledFiles.List(context, arguments[1..])
            : Ask(context, arguments[1..]);
        if (files is null)
        {
            return ExitStatus.Failure;
        }

        var types = context.Options.Types;
        _ = files.RemoveAll(file => types.Count > 0 && !types.Contains(UnitInfo.TypeOf(file.Name)));
        files.Sort(static (a, b) => UnitInfo.CompareNames(UnitInfo.TypeOf(a.Name), UnitInfo.TypeOf(b.Name)) is var byType and not 0
            ? byType
            : UnitInfo.CompareNames(a.Name, b.Name));
        ToTable(context, files).PrintAs(context);
        if (context.Options.ShowsLegend)
        {
            context.Output.WriteLine($"\n{files.Count} unit files listed.");
        }

        return files.Count > 0 ? ExitStatus.Success : ExitStatus.Failure;
    }

    private static List<(string Name, string State)>? Ask(SystemctlContext context, string[] patterns)
    {
        if (!context.Connect(out var bus))
        {
            return null;
        }

        if (context.Options.WithDependencies)
        {
            patterns = [.. UnitDependencies.With(context, bus, patterns)];
        }

        var reply = bus.Call("ListUnitFilesByPatterns", "asas", context.Options.States, patterns);
        if (!reply.Ok)
        {
            context.Output.Error($"Failed to list unit files: {reply.Message}");
            return null;
        }

        return [.. reply[0].Items.Select(static item => (Path.GetFileName(item[0].Text), item[1].Text))];
    }

    private static Table ToTable(SystemctlContext context, List<(string Name, string State)> files)
    {
        var options = context.Options;
        var style = context.Output.Style;
        var table = new Table("unit file", "state", "preset") { Header = options.ShowsLegend, Full = options.Full };
        var presets = new PresetQuery(context);
        for (var index = 0; index < files.Count; index++)
        {
            var (name, state) = files[index];
            var underlined = index + 1 < files.Count && UnitInfo.TypeOf(name) != UnitInfo.TypeOf(files[index + 1].Name);
            var plain = underlined ? style.Underline : "";
            var red = underlined ? style.RedUnderline : style.Red;
            var green = underlined ? style.GreenUnderline : style.Green;
            var color = state switch
            {
                "masked" or "masked-runtime" or "disabled" or "bad" => red,
                "enabled" or "alias" => green,
                _ => plain,
            };
            var preset = state is "alias" or "static" or "generated" or "transient"
                ? Cell.None(underlined ? style.GreyUnderline : style.Grey)
                : presets.Of(name) switch
                {
                    true => Cell.Both("enabled", green),
                    false => Cell.Both("disabled", red),
                    null => Cell.Both("n/a", plain),
                };
            table.Add(Cell.Both(name, plain), Cell.Both(state, color), preset);
        }

        return table;
    }
}
