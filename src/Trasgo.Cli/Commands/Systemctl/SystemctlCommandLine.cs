using Trasgo.Cli.CommandLine;
using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// Reads systemctl's options. <see cref="Parse"/> returns null when there is a verb to run, else the exit status of a
/// command line that is already dealt with: a mistake, or a request for help.
/// </summary>
internal sealed partial class SystemctlCommandLine(string program, CommandOutput output)
{
    private const string ShortOptions = "ht:p:P:alqfs:H:M:n:o:iTr.::";

    private enum Option
    {
        Reverse = 0x100,
        After,
        Before,
        CheckInhibitors,
        DryRun,
        ShowTypes,
        Fail,
        Irreversible,
        IgnoreDependencies,
        Value,
        Version,
        User,
        System,
        Global,
        NoBlock,
        Legend,
        NoLegend,
        NoPager,
        NoWall,
        Root,
        Image,
        NoReload,
        KillWhom,
        NoAskPassword,
        Failed,
        Runtime,
        Plain,
        State,
        JobMode,
        PresetMode,
        FirmwareSetup,
        BootLoaderMenu,
        BootLoaderEntry,
        Now,
        Message,
        WithDependencies,
        Wait,
        What,
        RebootArgument,
        Timestamp,
        ReadOnly,
        MakeDirectory,
        Marked,
    }

    private static readonly LongOption[] s_longOptions =
    [
        new("help", OptionArgument.None, 'h'),
        new("version", OptionArgument.None, (int)Option.Version),
        new("type", OptionArgument.Required, 't'),
        new("property", OptionArgument.Required, 'p'),
        new("all", OptionArgument.None, 'a'),
        new("reverse", OptionArgument.None, (int)Option.Reverse),
        new("after", OptionArgument.None, (int)Option.After),
        new("before", OptionArgument.None, (int)Option.Before),
        new("show-types", OptionArgument.None, (int)Option.ShowTypes),
        new("failed", OptionArgument.None, (int)Option.Failed),
        new("full", OptionArgument.None, 'l'),
        new("job-mode", OptionArgument.Required, (int)Option.JobMode),
        new("fail", OptionArgument.None, (int)Option.Fail),
        new("irreversible", OptionArgument.None, (int)Option.Irreversible),
        new("ignore-dependencies", OptionArgument.None, (int)Option.IgnoreDependencies),
        new("ignore-inhibitors", OptionArgument.None, 'i'),
        new("check-inhibitors", OptionArgument.Required, (int)Option.CheckInhibitors),
        new("value", OptionArgument.None, (int)Option.Value),
        new("user", OptionArgument.None, (int)Option.User),
        new("system", OptionArgument.None, (int)Option.System),
        new("global", OptionArgument.None, (int)Option.Global),
        new("wait", OptionArgument.None, (int)Option.Wait),
        new("no-block", OptionArgument.None, (int)Option.NoBlock),
        new("legend", OptionArgument.Required, (int)Option.Legend),
        new("no-legend", OptionArgument.None, (int)Option.NoLegend),
        new("no-pager", OptionArgument.None, (int)Option.NoPager),
        new("no-wall", OptionArgument.None, (int)Option.NoWall),
        new("dry-run", OptionArgument.None, (int)Option.DryRun),
        new("quiet", OptionArgument.None, 'q'),
        new("root", OptionArgument.Required, (int)Option.Root),
        new("image", OptionArgument.Required, (int)Option.Image),
        new("force", OptionArgument.None, 'f'),
        new("no-reload", OptionArgument.None, (int)Option.NoReload),
        new("kill-whom", OptionArgument.Required, (int)Option.KillWhom),
        new("signal", OptionArgument.Required, 's'),
        new("no-ask-password", OptionArgument.None, (int)Option.NoAskPassword),
        new("host", OptionArgument.Required, 'H'),
        new("machine", OptionArgument.Required, 'M'),
        new("runtime", OptionArgument.None, (int)Option.Runtime),
        new("lines", OptionArgument.Required, 'n'),
        new("output", OptionArgument.Required, 'o'),
        new("plain", OptionArgument.None, (int)Option.Plain),
        new("state", OptionArgument.Required, (int)Option.State),
        new("recursive", OptionArgument.None, 'r'),
        new("with-dependencies", OptionArgument.None, (int)Option.WithDependencies),
        new("preset-mode", OptionArgument.Required, (int)Option.PresetMode),
        new("firmware-setup", OptionArgument.None, (int)Option.FirmwareSetup),
        new("boot-loader-menu", OptionArgument.Required, (int)Option.BootLoaderMenu),
        new("boot-loader-entry", OptionArgument.Required, (int)Option.BootLoaderEntry),
        new("now", OptionArgument.None, (int)Option.Now),
        new("message", OptionArgument.Required, (int)Option.Message),
        new("show-transaction", OptionArgument.None, 'T'),
        new("what", OptionArgument.Required, (int)Option.What),
        new("reboot-argument", OptionArgument.Required, (int)Option.RebootArgument),
        new("timestamp", OptionArgument.Required, (int)Option.Timestamp),
        new("read-only", OptionArgument.None, (int)Option.ReadOnly),
        new("mkdir", OptionArgument.None, (int)Option.MakeDirectory),
        new("marked", OptionArgument.None, (int)Option.Marked),
    ];

    internal SystemctlOptions Options { get; } = new();

    /// <summary>The verb and its arguments.</summary>
    internal string[] Operands { get; private set; } = [];

    internal int? Parse(string[] arguments)
    {
        var reader = new OptionReader(program, arguments, ShortOptions, s_longOptions, output.Error);
        while (true)
        {
            var option = reader.Next();
            if (option == OptionReader.End)
            {
                Operands = reader.Operands;
                return Check();
            }

            if (option == OptionReader.Bad)
            {
                return 1;
            }

            if (Apply(option, reader.Argument) is { } status)
            {
                return status;
            }
        }
    }

    private int? Apply(int option, string? argument) => option > byte.MaxValue
        ? ApplyLong((Option)option, argument ?? "")
        : ApplyShort((char)option, argument ?? "");

    private int? Check()
    {
        if (Options.Wait && Options.NoBlock)
        {
            return output.Fail("--wait may not be combined with --no-block.");
        }

        var reloadOrRestart = Operands.Length > 0 && Operands[0] == "reload-or-restart";
        if (!Options.Marked)
        {
            return reloadOrRestart && Operands.Length == 1
                ? output.Fail("List of units to restart/reload is required.")
                : null;
        }

        return this switch
        {
            _ when !reloadOrRestart => output.Fail("--marked may only be used with 'reload-or-restart'."),
            _ when Operands.Length > 1 => output.Fail("No additional arguments allowed with 'reload-or-restart --marked'."),
            _ when Options.Wait => output.Fail("--marked --wait is not supported."),
            _ when Options.ShowTransaction => output.Fail("--marked --show-transaction is not supported."),
            _ => null,
        };
    }
}
