using Trasgo.Cli.CommandLine;
using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Systemctl;

internal sealed partial class SystemctlCommandLine
{
    private int? ApplyShort(char option, string argument)
    {
        switch (option)
        {
            case 'h':
                return SystemctlHelp.Print(program, output);
            case 't':
                return AddTypes(argument);
            case 'P':
                Options.OnlyValue = true;
                return AddProperties(argument);
            case 'p':
                return AddProperties(argument);
            case 'a':
                Options.ShowEmpty = true;
                Options.All = true;
                return null;
            case 'l':
                Options.Full = true;
                return null;
            case 'q':
                Options.Quiet = true;
                Options.Legend ??= false;
                return null;
            case 'f':
                Options.Force++;
                return null;
            case 's':
                return SetSignal(argument);
            case 'H':
                return output.Fail("--host= is not supported: run the command on the host itself, for example through ssh.");
            case 'M':
                return output.Fail("--machine= is not supported: run the command inside the container, for example through nsenter.");
            case 'n':
                return uint.TryParse(argument, out _) ? null : output.Fail($"Failed to parse lines '{argument}'");
            case 'o':
                return SetOutput(argument);
            case 'i':
                return null;
            case 'T':
                Options.ShowTransaction = true;
                return null;
            case 'r':
                return output.Fail("--recursive is not supported: containers are not looked into.");
            default:
                return RefuseLeadingDash(argument);
        }
    }

    private int? ApplyLong(Option option, string argument)
    {
        switch (option)
        {
            case Option.Version:
                return VersionText.Print(output);
            case Option.State:
                return AddStates(argument);
            case Option.Legend:
                return SetLegend(argument);
            case Option.Root:
                return SetRoot(argument);
            case Option.Image:
                return output.Fail("--image= is not supported: mount the image and use --root=.");
            case Option.PresetMode:
                return SetPresetMode(argument);
            case Option.What:
                return AddClean(argument);
            case Option.Timestamp:
                return SetTimestamp(argument);
            case Option.CheckInhibitors:
                return argument == "auto" || Booleans.Parse(argument) is not null
                    ? null
                    : output.Fail($"Failed to parse --check-inhibitors= argument: {argument}");
            case Option.FirmwareSetup or Option.BootLoaderMenu or Option.BootLoaderEntry:
                return output.Fail("Firmware and boot loader cannot be instructed by this service manager.");
            default:
                SetFlag(option, argument);
                return null;
        }
    }

    private void SetFlag(Option option, string argument)
    {
        switch (option)
        {
            case Option.Reverse:
                Options.Dependencies = DependencyDirection.Reverse;
                break;
            case Option.After:
                Options.Dependencies = DependencyDirection.After;
                Options.JobsAfter = true;
                break;
            case Option.Before:
                Options.Dependencies = DependencyDirection.Before;
                Options.JobsBefore = true;
                break;
            case Option.ShowTypes:
                Options.ShowTypes = true;
                break;
            case Option.Value:
                Options.OnlyValue = true;
                break;
            case Option.JobMode:
                Options.JobMode = argument;
                break;
            case Option.Fail:
                Options.JobMode = "fail";
                break;
            case Option.Irreversible:
                Options.JobMode = "replace-irreversibly";
                break;
            case Option.IgnoreDependencies:
                Options.JobMode = "ignore-dependencies";
                break;
            case Option.User:
                Options.Scope = Scope.User;
                break;
            case Option.System:
                Options.Scope = Scope.System;
                break;
            case Option.Global:
                Options.Scope = Scope.Global;
                break;
            case Option.Failed:
                Options.States.Add("failed");
                break;
            case Option.NoLegend:
                Options.Legend = false;
                break;
            case Option.Plain:
                Options.Plain = true;
                break;
            case Option.WithDependencies:
                Options.WithDependencies = true;
                break;
            case Option.NoPager:
                Options.NoPager = true;
                break;
            default:
                SetActionFlag(option, argument);
                break;
        }
    }

    private void SetActionFlag(Option option, string argument)
    {
        switch (option)
        {
            case Option.Wait:
                Options.Wait = true;
                break;
            case Option.NoBlock:
                Options.NoBlock = true;
                break;
            case Option.DryRun:
                Options.DryRun = true;
                break;
            case Option.NoReload:
                Options.NoReload = true;
                break;
            case Option.KillWhom:
                Options.KillWhom = argument;
                break;
            case Option.Runtime:
                Options.Runtime = true;
                break;
            case Option.Now:
                Options.Now = true;
                break;
            case Option.Message:
                Options.WallMessages.Add(argument);
                break;
            case Option.RebootArgument:
                Options.RebootArgument = argument;
                break;
            case Option.ReadOnly:
                Options.ReadOnly = true;
                break;
            case Option.MakeDirectory:
                Options.MakeDirectory = true;
                break;
            case Option.Marked:
                Options.Marked = true;
                break;
            default:
                // --no-wall, --no-ask-password: accepted, there is nobody to tell or to ask.
                break;
        }
    }

    private int? RefuseLeadingDash(string argument)
    {
        output.Error($"{program}: invalid option -- '.'");
        output.Notice("Hint: to specify units starting with a dash, use \"--\":\n"
            + $"      {program} [OPTIONS...] COMMAND -- -.{(argument.Length > 0 ? argument : "mount")} ...");
        return 1;
    }
}
