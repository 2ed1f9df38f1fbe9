using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Run;

/// <summary>The text of <c>--help</c>; systemd-run(1) explains the options.</summary>
internal static class RunHelp
{
    private const string Text =
        """
        {0} [OPTIONS...] COMMAND [ARGUMENT...]

        Run a command as a service that exists as long as it runs, or when a time, a
        connection or a file comes.

        The service:
          -u --unit=NAME   --description=TEXT   --service-type=TYPE
          -p --property=NAME=VALUE              --slice=SLICE   --slice-inherit
          --uid=USER   --gid=GROUP   --nice=N   -E --setenv=NAME[=VALUE]
          --working-directory=PATH              -d --same-dir
          -r --remain-after-exit                -G --collect   --send-sighup
          --scope                               beside the caller instead of a service

        Its standard streams:
          -t --pty      on a terminal of its own, shown on this one
          -P --pipe     those of the caller
          -S --shell    an interactive shell, as --pty --pipe --same-dir --wait --collect

        When:
          --on-active=SPAN   --on-boot=SPAN   --on-startup=SPAN
          --on-unit-active=SPAN   --on-unit-inactive=SPAN
          --on-calendar=TIME   --on-clock-change   --on-timezone-change
          --timer-property=NAME=VALUE
          --path-property=NAME=VALUE   --socket-property=NAME=VALUE

        This command:
          --wait        until the service has ended, and with its exit status
          --no-block    not even until it has started
          -q --quiet   --user, --system   --no-ask-password   -h --help   --version
        """;

    internal static int Print(string program, CommandOutput output)
    {
        output.WriteLine(Text.Replace("{0}", Path.GetFileName(program), StringComparison.Ordinal));
        return 0;
    }
}
