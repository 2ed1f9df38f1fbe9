using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>What became of a command: the spawn's result, and the line for the log when it failed.</summary>
internal readonly record struct ExecResult(SpawnResult Spawn, string? Message)
{
    public int Pid => Spawn.Pid;

    public bool Ok => Spawn.Ok;

    /// <summary>The process exists and is preparing itself to become the command; the outcome of that is told apart.</summary>
    public bool IsPreparing { get; init; }
}

/// <summary>
/// Starts commands. A start looks up its user (in a child if the files do not know him), reads its environment files, is compiled and
/// handed to the spawner; its result comes on the loop, always later than the call and always before the reaper reports the exit. What
/// systemd's child would have failed at, ours fails at too: there is a process, and it ends with the status of the step. Only what systemd
/// finds out before it forks leaves no process.
/// </summary>
internal sealed class CommandStarter(EventLoop loop, Spawner spawner, ExecHost host)
{
    private readonly FileUserDirectory _files = new(host.Users);

    public ExecHost Host { get; } = host;

    /// <summary>
    /// Null if <paramref name="done"/> will be told; otherwise what kept the command from being started at all. After a result that is still preparing,
    /// <paramref name="executed"/> is told whether the command was reached. With <paramref name="failed"/> the result comes as soon as there is a process, and
    /// a step that fails afterwards is told later; without, when the command has been executed or a step has failed.
    /// </summary>
    public ExecResult? Start(
        ExecParameters parameters, Action<ExecResult> done, Action<ExecResult>? executed = null, Action<ExecResult>? failed = null)
    {
        if (!TryPrepare(parameters, out var fileEntries, out var refusal))
        {
            return new ExecResult(new SpawnResult(0, null, refusal.Step, refusal.Error, refusal.What), $"{refusal.What}: {ErrnoNames.Message(refusal.Error)}");
        }

        var answers = new NssAnswers(_files);
        var unknown = NssLookup.Unknown(parameters.Config, answers);
        if (unknown.Count == 0)
        {
            Start(parameters, fileEntries, answers, done, executed, failed);
            return null;
        }

        NssLookup.Start(loop, spawner, Host.NssHelper, unknown, output =>
        {
            answers.Add(output);
            Start(parameters, fileEntries, answers, done, executed, failed);
        });
        return null;
    }

    /// <summary>The program that a start would run now, for people to read; null if an environment file is missing. The caller disposes it.</summary>
    public SpawnProgram? Compile(ExecParameters parameters) =>
        TryPrepare(parameters, out var fileEntries, out _) ? Compile(parameters, fileEntries, _files).Program : null;

    /// <summary>Removes what RuntimeDirectory= made; for when the unit is down and RuntimeDirectoryPreserve= does not keep it.</summary>
    public void RemoveRuntimeDirectories(UnitFiles.Directives.ExecConfig config) => ExecDirectories.RemoveRuntime(config, Host.Directories);

    /// <summary>The unit is down: its terminal is put in order for whoever comes next.</summary>
    public static void RevertTerminal(UnitFiles.Directives.ExecConfig config, Descriptor? log) =>
        new TerminalSetup(config, given: null, opensByPath: true, owner: null, log).Revert();

    /// <summary>What systemd reads and looks at before it forks.</summary>
    private static bool TryPrepare(ExecParameters parameters, out IReadOnlyList<string> fileEntries, out SpawnFailure refusal)
    {
        var files = EnvironmentFiles.Load(parameters.Config.EnvironmentFiles);
        fileEntries = files.Ok ? files.Value : [];
        refusal = !files.Ok
            ? new SpawnFailure(SpawnStep.Fork, files.Error, "Failed to load environment files")
            : NamedStreams.Missing(parameters) is { } name
            ? new SpawnFailure(SpawnStep.Fork, Errno.ENOENT, $"Failed to load a named file descriptor '{name}'")
            : NamedStreams.SocketRefusal(parameters) is { } text
            ? new SpawnFailure(SpawnStep.Fork, Errno.EINVAL, text)
            : default;
        return refusal.Error == Errno.None;
    }

    private void Start(
        ExecParameters parameters, IReadOnlyList<string> fileEntries, IUserDirectory directory, Action<ExecResult> done, Action<ExecResult>? executed,
        Action<ExecResult>? failed)
    {
        var (program, pam, failure) = CompileSafely(parameters, fileEntries, directory);
        if (program is null)
        {
            var result = new SpawnResult(0, null, SpawnStep.Fork, failure.Error, failure.What);
            loop.Defer(() => done(new ExecResult(result, $"{failure.What}: {ErrnoNames.Message(failure.Error)}")), EventPriority.Spawned);
            return;
        }

        if (pam is null && failed is not null)
        {
            spawner.SpawnApart(program, Tell(done), Tell(failed));
            return;
        }

        spawner.Spawn(program, result =>
        {
            done(new ExecResult(result, Message(parameters, result)) { IsPreparing = pam is not null && result.Ok });
            if (pam is not null && result.Ok)
            {
                PamConversation.Begin(loop, Host, pam, result.Pid, outcome => executed?.Invoke(new ExecResult(outcome, Message(parameters, outcome))));
            }
            else
            {
                pam?.Dispose();
            }
        });

        Action<SpawnResult> Tell(Action<ExecResult> whom) => result => whom(new ExecResult(result, Message(parameters, result)));
    }

    /// <summary>A unit that waits for a start which never answers would be stuck for ever, so a bug here is a failed start.</summary>
    private (SpawnProgram? Program, PamStart? Pam, SpawnFailure Failure) CompileSafely(
        ExecParameters parameters, IReadOnlyList<string> fileEntries, IUserDirectory directory)
    {
        try
        {
            var (program, pam) = Compile(parameters, fileEntries, directory);
            return (program, pam, default);
        }
        catch (Exception e)
        {
            var failure = new SpawnFailure(SpawnStep.Fork, (e as LinuxException)?.Error ?? Errno.EIO, $"Failed to prepare the start ({e.Message})");
            return (null, null, failure);
        }
    }

    private (SpawnProgram Program, PamStart? Pam) Compile(ExecParameters parameters, IReadOnlyList<string> fileEntries, IUserDirectory directory)
    {
        var (known, failure) = IdentityResolver.Resolve(parameters.Config, parameters.UnitId, directory, Host.DynamicUsers);
        var identity = WithHome(parameters, known);
        PamStart? pam = null;
        if (failure is null && PamStart.IsNeeded(parameters, identity))
        {
            (pam, failure) = PamStart.Create(parameters, identity);
        }

        return (ExecCompiler.Compile(Host, parameters, identity, fileEntries, failure, pam), pam);
    }

    /// <summary>
    /// WorkingDirectory=~ without User=, or for a user who has no home worth the name, means our own home, and then it is in the
    /// environment too. Whether the user may enter it is another question, which a command with the prefix "+" need not ask.
    /// </summary>
    private ExecIdentity WithHome(ExecParameters parameters, ExecIdentity? identity)
    {
        identity ??= ExecIdentity.Unchanged;
        return identity.Home is null && parameters.Config.WorkingDirectory.Home
            ? identity with { Home = Host.Variable("HOME") ?? Host.Users.ById(ProcessControl.Uid)?.Home }
            : identity;
    }

    private static string? Message(ExecParameters parameters, SpawnResult result)
    {
        var command = parameters.Command.Path;
        var error = ErrnoNames.Message(result.Error);
        return result.FailedStep switch
        {
            SpawnStep.None => null,
            SpawnStep.Fork => $"Failed to fork: {error}",
            SpawnStep.Exec when parameters.Command.IgnoreFailure => $"Executable {command} missing, skipping: {error}",
            SpawnStep.Exec when result.Error is Errno.ENOENT or Errno.EACCES => $"Failed to locate executable {command}: {error}",
            var step => $"Failed at step {step.Name()} spawning {command} ({result.Note}): {error}",
        };
    }
}
