using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec;

/// <summary>
/// Compiles a command's settings into a spawn program. The order of the steps is systemd's where one can see it (which of two failures is
/// reported), with one exception: the change of user is the last step but for ambient capabilities, which the kernel clears with it. Until
/// execve the child shares our memory, and the less runs there under another user the better. So the working directory is entered before
/// it, though with the user's rights.
/// </summary>
internal sealed partial class ExecCompiler
{
    private const int MostOnStack = 128;

    private readonly ExecHost _host;
    private readonly ExecParameters _parameters;
    private readonly ExecIdentity _identity;
    private readonly UnitFiles.Directives.ExecConfig _config;
    private readonly SpawnProgram _program = new();

    private ExecCompiler(ExecHost host, ExecParameters parameters, ExecIdentity identity, PamStart? pam)
    {
        _pam = pam;
        _host = host;
        _parameters = parameters;
        _identity = identity;
        _config = parameters.Config;
    }

    /// <summary>
    /// The program; it fails at the step of <paramref name="failure"/> if one is given, after it is in its control group. With <paramref name="pam"/> it
    /// is the first part of one.
    /// </summary>
    public static SpawnProgram Compile(
        ExecHost host,
        ExecParameters parameters,
        ExecIdentity identity,
        IReadOnlyList<string> fileEntries,
        SpawnFailure? failure = null,
        PamStart? pam = null)
    {
        var compiler = new ExecCompiler(host, parameters, identity, pam);
        try
        {
            compiler.Begin();
            if (failure is { } known)
            {
                compiler._program.Fail(known);
            }
            else
            {
                compiler.Continue(fileEntries);
            }

            return compiler._program;
        }
        catch
        {
            compiler._program.Dispose();
            throw;
        }
    }

    private void AddSignals(bool inAnotherProcess = false)
    {
        _program.ResetSignals(inAnotherProcess);
        if (_config.IgnoreSigPipe)
        {
            _program.IgnoreSignal(Signo.SIGPIPE);
        }

        _program.SignalMask(default);
    }

    private void Begin()
    {
        AddSignals();
        if (!_config.SameProcessGroup)
        {
            _program.SetSession();
        }

        EnterControlGroup();
    }

    private void Continue(IReadOnlyList<string> fileEntries)
    {
        Prepare();
        AddStreams();
        AddScheduling();
        _program.Umask(_config.UMask);
        PlaceDescriptors();
        if (_parameters.Sandboxed)
        {
            AddLimits();
        }

        var environment = ExecEnvironment.Build(_parameters, _host, _identity, fileEntries, _journalStream);
        if (_pam is not null)
        {
            AddPamHelper(_pam, environment);
            return;
        }

        ExecEnvironment.RemoveUnset(environment, _config);
        AddCredentialsAndCommand(environment);
    }

    private void AddCredentialsAndCommand(EnvironmentBlock environment)
    {
        AddGroups();
        if (_parameters.Sandboxed)
        {
            AddCapabilities();
        }

        AddRootAndDirectory();
        if (_parameters.Sandboxed && _config.NoNewPrivileges)
        {
            _program.SetNoNewPrivileges();
        }

        if (_parameters.ChangesUser)
        {
            AddUser();
        }

        AddExecution(environment);
    }

    private void EnterControlGroup()
    {
        if (_parameters.ControlGroup is not { } path)
        {
            return;
        }

        var born = _host.Groups.OpenForSpawn(path);
        if (born.Ok)
        {
            _program.ControlGroup = born.Value;
        }
        else if (_host.Groups.IsAvailable)
        {
            _program.EnterControlGroup(_host.Groups.ProcsFile(path));
        }

        for (var i = 0; i < _parameters.ControllerGroups.Count; i++)
        {
            _program.EnterControlGroup(_parameters.ControllerGroups[i]);
        }

        if (_parameters.DelegateControlGroup && _identity.Uid is { } uid)
        {
            ControlGroupDelegation.Apply(_host.Groups, path, uid, _identity.Gid ?? 0);
        }
    }

    private void Prepare()
    {
        // Owned by the user even if this command runs as root: the directory is the service's, not the command's.
        var directories = ExecDirectories.AreNamed(_config)
            ? new ExecDirectories(_config, _host.Directories, _identity.Uid ?? ProcessControl.EffectiveUid, _identity.Gid ?? ProcessControl.Gid)
            : null;
        var terminal = TerminalSetup.IsNeeded(_config, _parameters.StandardInput is not null, opensByPath: !_parameters.HasStreams) ? TerminalOfCommand() : null;
        if (terminal is not null && directories is not null)
        {
            _program.Preparation = InTurn(terminal, directories);
        }
        else if (terminal is not null)
        {
            _program.Preparation = terminal.Prepare;
        }
        else if (directories is not null)
        {
            _program.Preparation = directories.Make;
        }
    }

    private static Func<SpawnFailure?> InTurn(TerminalSetup terminal, ExecDirectories directories) => () => terminal.Prepare() ?? directories.Make();

    private TerminalSetup TerminalOfCommand()
    {
        // A copy of its own: the number may be somebody else's by the time the spawner comes to it.
        var given = _parameters.StandardInput is { } input && input.Duplicate() is { Ok: true, Value: var copy } ? _program.Own(copy) : null;
        return new TerminalSetup(_config, given, opensByPath: !_parameters.HasStreams, _identity.Uid, _parameters.LogOutput);
    }

    private void AddExecution(EnvironmentBlock environment)
    {
        var command = _parameters.Command;
        var expands = !command.Flags.HasFlag(ExecCommandFlags.NoEnvExpand);
        var argv = expands ? VariableExpansion.Expand(command.Argv, environment) : command.Argv;
        if (argv is not { Length: > 0 } || command.Path.Contains('\0') || Array.Exists(argv, static word => word.Contains('\0')))
        {
            // An empty argv is CVE-2021-4034; a NUL would cut an argument short.
            _program.Fail(new SpawnFailure(SpawnStep.Exec, Errno.EINVAL, $"Failed to execute {command.Path}"));
            return;
        }

        var variables = environment.Variables;
        var laidOut = variables.Length <= MostOnStack ? stackalloc nint[variables.Length] : new nint[variables.Length];
        for (var i = 0; i < variables.Length; i++)
        {
            laidOut[i] = LayOut(variables[i]);
        }

        _program.Execute(ExecutableSearch.Candidates(command.Path, _config.ExecSearchPath), WithoutPidToken(argv), laidOut, command.IgnoreFailure);
    }

    /// <summary>A variable that ends in the PID gets room for it, and an operation that writes it there.</summary>
    private nint LayOut(in EnvironmentVariable variable) => variable.Value.EndsWith(ExecEnvironment.PidToken, StringComparison.Ordinal)
        ? _program.VariableWithPid(variable.Name, variable.Value[..^ExecEnvironment.PidToken.Length])
        : _program.Variable(variable.Name, variable.Value);

    /// <summary>In a command line the PID is not known: what stands for it becomes nothing.</summary>
    private static string[] WithoutPidToken(string[] argv) =>
        Array.Exists(argv, static word => word.Contains(ExecEnvironment.PidToken, StringComparison.Ordinal))
            ? Array.ConvertAll(argv, static word => word.Replace(ExecEnvironment.PidToken, string.Empty, StringComparison.Ordinal))
            : argv;
}
