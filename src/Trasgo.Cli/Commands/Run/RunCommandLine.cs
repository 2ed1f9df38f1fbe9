using Trasgo.Cli.CommandLine;
using Trasgo.Cli.Output;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Run;

/// <summary>
/// Reads the options of <c>trasgo run</c>, which are those of systemd-run(1). <see cref="Parse"/> returns null when there is something to
/// run, else the exit status of a command line that is already dealt with.
/// </summary>
internal sealed partial class RunCommandLine(string program, CommandOutput output)
{
    private const string ShortOptions = "+hrH:M:E:p:tPqGdSu:";

    private enum Option
    {
        Version = 0x100,
        NoAskPassword,
        User,
        System,
        Scope,
        Description,
        Slice,
        SliceInherit,
        SendSigHup,
        ServiceType,
        ExecUser,
        ExecGroup,
        Nice,
        OnActive,
        OnBoot,
        OnStartup,
        OnUnitActive,
        OnUnitInactive,
        OnCalendar,
        OnTimezoneChange,
        OnClockChange,
        TimerProperty,
        PathProperty,
        SocketProperty,
        NoBlock,
        Wait,
        WorkingDirectory,
    }

    private static readonly LongOption[] s_longOptions =
    [
        new("help", OptionArgument.None, 'h'),
        new("version", OptionArgument.None, (int)Option.Version),
        new("user", OptionArgument.None, (int)Option.User),
        new("system", OptionArgument.None, (int)Option.System),
        new("scope", OptionArgument.None, (int)Option.Scope),
        new("unit", OptionArgument.Required, 'u'),
        new("description", OptionArgument.Required, (int)Option.Description),
        new("slice", OptionArgument.Required, (int)Option.Slice),
        new("slice-inherit", OptionArgument.None, (int)Option.SliceInherit),
        new("remain-after-exit", OptionArgument.None, 'r'),
        new("send-sighup", OptionArgument.None, (int)Option.SendSigHup),
        new("host", OptionArgument.Required, 'H'),
        new("machine", OptionArgument.Required, 'M'),
        new("service-type", OptionArgument.Required, (int)Option.ServiceType),
        new("wait", OptionArgument.None, (int)Option.Wait),
        new("uid", OptionArgument.Required, (int)Option.ExecUser),
        new("gid", OptionArgument.Required, (int)Option.ExecGroup),
        new("nice", OptionArgument.Required, (int)Option.Nice),
        new("setenv", OptionArgument.Required, 'E'),
        new("property", OptionArgument.Required, 'p'),
        new("tty", OptionArgument.None, 't'),
        new("pty", OptionArgument.None, 't'),
        new("pipe", OptionArgument.None, 'P'),
        new("quiet", OptionArgument.None, 'q'),
        new("on-active", OptionArgument.Required, (int)Option.OnActive),
        new("on-boot", OptionArgument.Required, (int)Option.OnBoot),
        new("on-startup", OptionArgument.Required, (int)Option.OnStartup),
        new("on-unit-active", OptionArgument.Required, (int)Option.OnUnitActive),
        new("on-unit-inactive", OptionArgument.Required, (int)Option.OnUnitInactive),
        new("on-calendar", OptionArgument.Required, (int)Option.OnCalendar),
        new("on-timezone-change", OptionArgument.None, (int)Option.OnTimezoneChange),
        new("on-clock-change", OptionArgument.None, (int)Option.OnClockChange),
        new("timer-property", OptionArgument.Required, (int)Option.TimerProperty),
        new("path-property", OptionArgument.Required, (int)Option.PathProperty),
        new("socket-property", OptionArgument.Required, (int)Option.SocketProperty),
        new("no-block", OptionArgument.None, (int)Option.NoBlock),
        new("no-ask-password", OptionArgument.None, (int)Option.NoAskPassword),
        new("collect", OptionArgument.None, 'G'),
        new("working-directory", OptionArgument.Required, (int)Option.WorkingDirectory),
        new("same-dir", OptionArgument.None, 'd'),
        new("shell", OptionArgument.None, 'S'),
    ];

    internal RunOptions Options { get; } = new();

    internal int? Parse(string[] arguments)
    {
        var reader = new OptionReader(program, arguments, ShortOptions, s_longOptions, output.Error);
        while (true)
        {
            var option = reader.Next();
            if (option == OptionReader.End)
            {
                Options.Command = reader.Operands;
                return Complete();
            }

            if (option == OptionReader.Bad)
            {
                return 1;
            }

            var status = option > byte.MaxValue ? ApplyLong((Option)option, reader.Argument ?? "") : ApplyShort((char)option, reader.Argument ?? "");
            if (status is not null)
            {
                return status;
            }
        }
    }

    /// <summary>What the options imply, and what may not stand together.</summary>
    private int? Complete()
    {
        if ((Options.PathProperties.Count > 0 ? 1 : 0) + (Options.SocketProperties.Count > 0 ? 1 : 0) + (Options.HasTimer ? 1 : 0) > 1)
        {
            return output.Fail("Only single trigger (path, socket, timer) unit can be created.");
        }

        if (Options.Shell)
        {
            ImplyShell();
        }

        if (Options.Streams == StreamMode.Automatic)
        {
            Options.Streams = Terminal.IsTerminal(0) && Terminal.IsTerminal(1) && Terminal.IsTerminal(2) ? StreamMode.Terminal : StreamMode.Direct;
        }

        if (Options.Command.Length > 0 && Options.Shell)
        {
            return output.Fail("If --shell is used, no command line is expected.");
        }

        if (Options.Shell)
        {
            Options.Command = [Environment.GetEnvironmentVariable("SHELL") is { Length: > 0 } shell ? shell : LoginShell()];
        }
        else if (Options.Command.Length == 0 && (Options.Unit is null || !Options.HasTrigger))
        {
            return output.Fail("Command line to execute required.");
        }

        return Check();
    }

    private void ImplyShell()
    {
        Options.Collect = true;
        if (Options.Scope)
        {
            return;
        }

        Options.Streams = Options.Streams == StreamMode.Service ? StreamMode.Automatic : Options.Streams;
        Options.WorkingDirectory ??= Environment.CurrentDirectory;
        Options.ServiceType ??= "exec";
        Options.Wait = true;
    }

    private static string LoginShell() => Users.System.ById(ProcessControl.Uid)?.Shell is { Length: > 0 } shell ? shell : "/bin/sh";

    private int? Check() => Options switch
    {
        { Scope: true, RemainAfterExit: true } or { Scope: true, ServiceType: not null } =>
            output.Fail("--remain-after-exit and --service-type= are not supported in --scope mode."),
        { Streams: not StreamMode.Service } when Options.HasTrigger || Options.Scope => output.Fail("--pty/--pipe is not compatible in timer or --scope mode."),
        { Streams: not StreamMode.Service, NoBlock: true } => output.Fail("--pty/--pipe is not compatible with --no-block."),
        { Scope: true, HasTrigger: true } => output.Fail("Path, socket or timer options are not supported in --scope mode."),
        { TimerProperties.Count: > 0, HasTimer: false } => output.Fail("--timer-property= has no effect without any other timer options."),
        { Wait: true, NoBlock: true } => output.Fail("--wait may not be combined with --no-block."),
        { Wait: true, HasTrigger: true } => output.Fail("--wait may not be combined with path, socket or timer operations."),
        { Wait: true, Scope: true } => output.Fail("--wait may not be combined with --scope."),
        _ => null,
    };
}
