using Trasgo.Cli.Bus;
using Trasgo.Linux;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// <c>systemctl edit</c>: the editor works on a temporary file beside the one to be, which takes its place only when it has
/// contents, so that leaving it empty cancels.
/// </summary>
internal static class EditUnits
{
    private static readonly string[] s_editorVariables = ["SYSTEMD_EDITOR", "EDITOR", "VISUAL"];
    private static readonly string[] s_editors = ["editor", "nano", "vim", "vi"];

    internal static int Run(SystemctlContext context, string[] arguments)
    {
        var (options, output) = (context.Options, context.Output);
        if (!output.OnTerminal)
        {
            return output.Fail("Cannot edit units if not on a tty.");
        }

        if (!context.Connect(out var bus) || UnitQueries.Expand(context, bus, arguments[1..]) is not { } names)
        {
            return ExitStatus.Failure;
        }

        if (names.Count == 0)
        {
            return output.Fail("No units matched the specified patterns.");
        }

        var files = new List<EditedFile>();
        try
        {
            foreach (var name in names)
            {
                if (Prepare(context, bus, name) is not { } file)
                {
                    return ExitStatus.Failure;
                }

                files.Add(file);
            }

            if (!RunEditor(context, files))
            {
                return ExitStatus.Failure;
            }

            if (!files.TrueForAll(file => file.Commit(output)))
            {
                return ExitStatus.Failure;
            }
        }
        finally
        {
            files.ForEach(static file => file.Discard());
        }

        return options.NoReload || HostState.InstallsClientSide(options)
            ? ExitStatus.Success
            : SimpleCalls.Reload(context, "Reload");
    }

    private static EditedFile? Prepare(SystemctlContext context, ManagerBus bus, string name)
    {
        var (options, output) = (context.Options, context.Output);
        var sources = UnitSources.Find(context, bus, name);
        if (sources.State == UnitSourceState.NotLoaded)
        {
            sources = UnitSources.Find(context, bus, name, clientSide: true);
        }

        switch (sources.State)
        {
            case UnitSourceState.Masked:
                output.Error($"Cannot edit {name}: unit is masked.");
                return null;
            case UnitSourceState.Failed or UnitSourceState.NotLoaded:
                return null;
            case UnitSourceState.Missing when options.Force == 0:
                var scope = options.Scope switch
                {
                    Scope.Global => " --global",
                    Scope.User => " --user",
                    _ => "",
                };
                output.Info($"Run 'systemctl edit{scope} --force --full {name}' to create a new unit.");
                return null;
            default:
                break;
        }

        var unit = FileNameOf(name, sources.Fragment);
        var search = InstalledFiles.Search(context);
        var directory = options.Runtime ? search.RuntimeConfig : search.PersistentConfig;
        var target = $"{directory}/{unit}{(options.Full ? "" : ".d/override.conf")}";
        if (options.Runtime && File.Exists($"{search.PersistentConfig}/{unit}"))
        {
            output.Error($"Refusing to create \"{target}\" because it would be overridden by "
                + $"\"{search.PersistentConfig}/{unit}\" anyway.");
            return null;
        }

        return EditedFile.Create(output, target, sources, options.Full);
    }

    // An alias is edited under its unit's name; the instance of a template keeps its own.
    private static string FileNameOf(string name, string? fragment)
    {
        var file = fragment is null ? name : Path.GetFileName(fragment);
        return UnitName.TryParse(name, UnitNameFlags.Instance, out var instance)
            && UnitName.TryParse(file, UnitNameFlags.Template, out var template)
            ? template.WithInstance(instance.Instance!)?.Text ?? file
            : file;
    }

    private static bool RunEditor(SystemctlContext context, List<EditedFile> files)
    {
        var paths = files.Select(static file => file.TemporaryPath);
        var chosen = s_editorVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(static text => text is not null);
        var commands = string.IsNullOrEmpty(chosen)
            ? s_editors.Select(static editor => (string[])[editor])
            : s_editors.Select(static editor => (string[])[editor])
                .Prepend(chosen.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries));
        context.Output.Flush();
        foreach (var command in commands)
        {
            if (command.Length == 0)
            {
                continue;
            }

            var result = ForegroundProcess.Run([.. command, .. paths]);
            if (result.Ok)
            {
                return result.Value == 0;
            }

            if (result.Error != Errno.ENOENT)
            {
                context.Output.Error($"Failed to execute {command[0]}: {ErrnoNames.Message(result.Error)}");
                return false;
            }
        }

        context.Output.Error(
            "Cannot edit units, no editor available. Please set either $SYSTEMD_EDITOR, $EDITOR or $VISUAL.");
        return false;
    }
}
