using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>The text of <c>--help</c>: an index of verbs and options; systemctl(1) explains them.</summary>
internal static class SystemctlHelp
{
    private const string Text =
        """
        {0} [OPTIONS...] COMMAND ...

        Ask the service manager about its units, or tell it what to do with them.

        Looking at units:
          list-units, list-sockets, list-timers, list-automounts [PATTERN...]
          list-jobs [PATTERN...]             list-dependencies [UNIT...]
          status [PATTERN...|PID...]         show [PATTERN...|JOB...]
          cat PATTERN...                     help PATTERN...
          is-active, is-failed PATTERN...    is-system-running
          whoami [PID...]

        Changing what runs:
          start, stop, restart, try-restart, reload UNIT...
          reload-or-restart, try-reload-or-restart UNIT...
          isolate UNIT                       kill UNIT...
          clean, freeze, thaw UNIT...        reset-failed [PATTERN...]
          set-property UNIT PROPERTY=VALUE...
          cancel [JOB...]

        Unit files:
          list-unit-files [PATTERN...]       is-enabled UNIT...
          enable, disable, reenable, preset, mask, unmask, revert UNIT...
          link PATH...                       preset-all
          add-wants, add-requires TARGET UNIT...
          edit UNIT...                       get-default, set-default TARGET

        The manager and the system:
          daemon-reload, daemon-reexec       log-level [LEVEL], log-target [TARGET]
          show-environment                   service-watchdogs [BOOL]
          set-environment NAME=VALUE...      unset-environment NAME...
          import-environment NAME...         default, rescue, emergency
          poweroff, reboot, halt, kexec      exit [CODE]

        Options:
          -h --help, --version               --system, --user, --global
          -t --type=TYPE   --state=STATE   --failed   -a --all   -l --full   --plain
          -p --property=NAME   -P NAME   --value   -o --output=MODE   --timestamp=STYLE
          --no-legend   --legend=BOOL   --no-pager   -q --quiet   -n --lines=N
          --reverse   --after   --before   --with-dependencies   --show-types
          --job-mode=MODE   --no-block   --wait   -T --show-transaction   --dry-run   --marked
          -s --signal=SIGNAL   --kill-whom=WHOM   --what=RESOURCES
          --now   --runtime   -f --force   --root=PATH   --no-reload   --preset-mode=MODE
          --check-inhibitors=MODE   -i   --no-wall   --message=TEXT   --reboot-argument=TEXT
          --no-ask-password

        --type=help, --state=help, --signal=help, --output=help and --timestamp=help list
        the values. systemctl(1) describes each verb and option.
        """;

    internal static int Print(string program, CommandOutput output)
    {
        output.WriteLine(Text.Replace("{0}", Path.GetFileName(program), StringComparison.Ordinal));
        return ExitStatus.Success;
    }
}
