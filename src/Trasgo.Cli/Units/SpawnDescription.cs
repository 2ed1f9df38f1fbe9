using Trasgo.Cli.Output;
using Trasgo.Exec;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Units;

/// <summary>
/// The system calls by which a service's commands would be started now, one a line with the exit status that its failure would
/// give. Nothing is started.
/// </summary>
internal static class SpawnDescription
{
    internal static bool Print(ReadUnit unit, CommandOutput output)
    {
        if (unit.Language is not UnitLanguage<ServiceConfig> language)
        {
            output.Error($"{unit.Name.Text}: only services have commands to be started.");
            return false;
        }

        var service = language.Config;
        var host = new ExecHost { Groups = ControlGroups.Open() };
        foreach (var (property, commands) in (ReadOnlySpan<(string, List<ExecCommand>)>)
            [
                ("ExecCondition", service.ExecCondition), ("ExecStartPre", service.ExecStartPre),
                ("ExecStart", service.ExecStart), ("ExecStartPost", service.ExecStartPost),
                ("ExecReload", service.ExecReload), ("ExecStop", service.ExecStop), ("ExecStopPost", service.ExecStopPost),
            ])
        {
            foreach (var command in commands)
            {
                output.WriteLine($"{property}={string.Join(' ', command.Argv)}");
                if (!Print(host, new ExecParameters { UnitId = unit.Name.Text, Config = service.Exec, Command = command }, output))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool Print(ExecHost host, ExecParameters parameters, CommandOutput output)
    {
        var files = EnvironmentFiles.Load(parameters.Config.EnvironmentFiles);
        if (!files.Ok)
        {
            output.Error($"Failed to load environment files: {ErrnoNames.Message(files.Error)}");
            return false;
        }

        var (identity, failure) = IdentityResolver.Resolve(
            parameters.Config, parameters.UnitId, new FileUserDirectory(host.Users), host.DynamicUsers);
        using var program = ExecCompiler.Compile(
            host, parameters, identity ?? ExecIdentity.Unchanged, files.Value, failure);
        output.WriteLine(program.Describe());
        return true;
    }
}
