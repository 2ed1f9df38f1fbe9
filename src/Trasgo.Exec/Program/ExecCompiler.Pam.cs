using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>
/// PAMName=: the program is cut in two where systemd calls PAM, after the limits, so that pam_limits(8) wins over LimitNOFILE= and its like,
/// and before groups and user. The first part ends in (sd-pam), which opens the session and then runs the second.
/// </summary>
internal sealed partial class ExecCompiler
{
    private const string PamHelperName = "(sd-pam)";

    private readonly PamStart? _pam;

    /// <summary>What is left to do once the session is open, in the process of (sd-pam). It uses no descriptor of ours.</summary>
    public static SpawnProgram CompileRest(ExecHost host, ExecParameters parameters, ExecIdentity identity, PamAnswer answer)
    {
        var compiler = new ExecCompiler(host, parameters, answer.MergeInto(identity), pam: null);
        var environment = new EnvironmentBlock();
        environment.SetAll(answer.Environment);
        ExecEnvironment.RemoveUnset(environment, parameters.Config);

        // Modules may have changed what was set before.
        compiler.AddSignals(inAnotherProcess: true);
        compiler._program.CloseFrom(FirstPassed + parameters.Descriptors.Count);
        compiler.AddCredentialsAndCommand(environment);
        return compiler._program;
    }

    private void AddPamHelper(PamStart pam, EnvironmentBlock environment)
    {
        pam.Environment = environment.Entries;
        var first = FirstPassed + _parameters.Descriptors.Count;
        var socket = Above(SpawnStep.Pam, Lent(SpawnStep.Pam, pam.Theirs));
        var file = Above(SpawnStep.Pam, Lent(SpawnStep.Pam, pam.File));
        _program.Place(SpawnStep.Pam, socket, first);
        _program.Place(SpawnStep.Pam, file, first + 1);

        // What the process has in the end is the user's together with what modules add (pam_group(8)), and nothing of ours.
        _program.SetGroups([], ignoreError: true);

        // Not the command's environment: what that sets for a dynamic linker is not meant for a process of root's. The variables of
        // systemd's own tell modules whom they work for.
        _program.Execute(
            [_host.PamHelper],
            [PamHelperName],
            [
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", $"SYSTEMD_ACTIVATION_UNIT={_parameters.UnitId}",
                $"SYSTEMD_ACTIVATION_SCOPE={(_host.IsUserManager ? "user" : "system")}", $"TRASGO_PAM={first}",
            ],
            step: SpawnStep.Pam);
    }
}
