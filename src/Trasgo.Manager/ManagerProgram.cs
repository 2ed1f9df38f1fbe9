using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>Runs a manager in this process: `trasgo init`, `trasgo --system`, `trasgo --user`.</summary>
internal static class ManagerProgram
{
    private const int UsageError = 2;
    private const string InitMode = "init";

    /// <summary><paramref name="mode"/> is "init", "--system" or "--user". Returns the exit status.</summary>
    public static int Run(string mode, string[] arguments, IReadOnlyList<OwnGenerator> generators, Action<string> complain)
    {
        var early = new EarlyLog();
        if (mode == InitMode && ProcessControl.Pid == 1)
        {
            InitStage.MountApiFileSystems(early);
        }

        // Before the runtime has threads that could take our signals: this may start the program anew, with signals blocked.
        if (Signals.EnsureBlocked() is var blocked and not Errno.None)
        {
            complain($"trasgo: cannot block signals: {ErrnoNames.Message(blocked)}");
            return 1;
        }

        if (ManagerCommandLine.Parse(mode, arguments, out var problem) is not { } options)
        {
            complain($"trasgo: {problem}");
            return UsageError;
        }

        options = options with { OwnGenerators = generators };
        if (options.IsInit)
        {
            Terminal.ReleaseControlling();
            InitStage.Prepare(early, isFirst: options.State is null);
        }

        return Run(options, complain);
    }

    /// <summary>As <see cref="Run(string, string[], IReadOnlyList{OwnGenerator}, Action{string})"/> for whoever knows the options, and has blocked the signals.</summary>
    public static int Run(ManagerOptions options, Action<string> complain)
    {
        DescriptorLimit.Raise();
        if (options.State?.Manager.Limit("descriptor-limit") is var (soft, hard))
        {
            DescriptorLimit.Restore(soft, hard);
        }

        if (!options.IsInit && ProcessControl.BecomeSubreaper() is var refused and not Errno.None)
        {
            complain($"trasgo: cannot become a subreaper, processes that daemonize will be lost: {ErrnoNames.Message(refused)}");
        }

        using var loop = new EventLoop();
        using var log = LogOutput.Open(options);
        using var console = options.IsInit ? LogOutput.OpenConsole() : null;
        using var manager = new ServiceManager(options, loop, log, console);
        return manager.Run();
    }
}
