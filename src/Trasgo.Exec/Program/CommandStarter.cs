using Trasgo.Linux;

namespace Trasgo.Exec;

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

        var start = new CommandStart(parameters, done, executed, failed);
        var unknown = NssLookup.Unknown(parameters.Config, _files);
        if (unknown.Count == 0)
        {
            Start(start, fileEntries, _files);
        }
        else
        {
            StartWithAnswers(start, fileEntries, unknown);
        }

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

    private void StartWithAnswers(CommandStart start, IReadOnlyList<string> fileEntries, List<string> unknown)
    {
        var answers = new NssAnswers(_files);
        NssLookup.Start(loop, spawner, Host.NssHelper, unknown, output =>
        {
            answers.Add(output);
            Start(start, fileEntries, answers);
        });
    }

    private void Start(CommandStart start, IReadOnlyList<string> fileEntries, IUserDirectory directory)
    {
        var (program, pam, failure) = CompileSafely(start.Parameters, fileEntries, directory);
        if (program is null)
        {
            Refuse(start, failure);
        }
        else if (pam is not null)
        {
            StartWithPam(start, program, pam);
        }
        else if (start.TellsFailureLater)
        {
            spawner.SpawnApart(program, start.OnSpawned, start.OnFailed);
        }
        else
        {
            spawner.Spawn(program, start.OnSpawned);
        }
    }

    private void Refuse(CommandStart start, SpawnFailure failure) => loop.Defer(
        () => start.OnRefused(new SpawnResult(0, null, SpawnStep.Fork, failure.Error, failure.What), $"{failure.What}: {ErrnoNames.Message(failure.Error)}"),
        EventPriority.Spawned);

    private void StartWithPam(CommandStart start, SpawnProgram program, PamStart pam) => spawner.Spawn(program, result =>
    {
        start.OnPreparing(result);
        if (result.Ok)
        {
            PamConversation.Begin(loop, Host, pam, result.Pid, start.OnExecuted);
        }
        else
        {
            pam.Dispose();
        }
    });

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
}
