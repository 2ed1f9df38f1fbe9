namespace Trasgo.Oracle;

/// <summary>
/// Runs cases under one manager. Cases share a container, since booting takes longer than a case; each is followed by a reset.
/// A container that hangs, dies or cannot be reset is replaced by a new one before the next case.
/// </summary>
internal sealed class CaseRunner(ManagerKind manager) : IDisposable
{
    private const int MostTimeouts = 2;
    private static readonly TimeSpan s_stepDeadline = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan s_resetDeadline = TimeSpan.FromSeconds(40);

    private Container? _shared;
    private Container? _sharedOfUser;

    public async Task<Transcript> RunAsync(StepFile file)
    {
        // The first thing a case does may be slow; the caller runs two runners side by side.
        await Task.Yield();
        return file.OfUser ? await RunOfUserAsync(file) : file.Fresh ? await RunFreshAsync(file) : await RunSharedAsync(file);
    }

    public void Dispose()
    {
        _shared?.Dispose();
        _sharedOfUser?.Dispose();
    }

    /// <summary>The manager is the one of a user, which starts anew for each case, in a container that Debian's systemd runs.</summary>
    private async Task<Transcript> RunOfUserAsync(StepFile file)
    {
        _sharedOfUser ??= Container.BootForUsers(manager);
        var transcript = new Transcript($"{file.Name} under {manager}, a user's");
        var started = await _sharedOfUser.RunAsync($"user-manager {(manager == ManagerKind.Trasgo ? "/opt/trasgo" : "/lib/systemd/systemd")} --user", s_resetDeadline);
        if (started.Status != 0 || !await PlayAsync(_sharedOfUser, file, transcript))
        {
            _sharedOfUser.Dispose();
            _sharedOfUser = null;
        }

        return started.Status == 0 ? transcript : throw new InvalidOperationException("the user's manager did not start: " + started.Errors);
    }

    private async Task<Transcript> RunFreshAsync(StepFile file)
    {
        using var container = Container.Boot(manager, quiet: true, file.Arguments, manager == ManagerKind.Systemd ? [.. file.Before, .. file.BeforeSystemd] : file.Before);
        await PrepareAsync(container);
        var transcript = new Transcript($"{file.Name} under {manager}");
        await PlayAsync(container, file, transcript);
        return transcript;
    }

    private async Task<Transcript> RunSharedAsync(StepFile file)
    {
        if (_shared is null)
        {
            _shared = Container.Boot(manager, quiet: true, []);
            await PrepareAsync(_shared);
        }

        var transcript = new Transcript($"{file.Name} under {manager}");
        bool usable = await PlayAsync(_shared, file, transcript);
        if (!usable || (await _shared.RunAsync("reset restore", s_resetDeadline)).Status != 0)
        {
            _shared.Dispose();
            _shared = null;
        }

        return transcript;
    }

    private static async Task PrepareAsync(Container container) =>
        await container.RunAsync("mkdir -p /run/oracle && mkdir -m 0777 /run/case && reset save", s_resetDeadline);

    /// <summary>False if the container should not be used any more.</summary>
    private static async Task<bool> PlayAsync(Container container, StepFile file, Transcript transcript)
    {
        int timeouts = 0;
        foreach (var step in file.Steps)
        {
            StepResult result;
            if (step.Command == "ended")
            {
                result = await EndAsync(container);
            }
            else
            {
                foreach (var input in step.Inputs)
                {
                    container.WriteFile(input.Path, input.Content, input.Executable);
                }

                if (file.OfUser && step.Inputs.Count > 0)
                {
                    await container.RunAsync("chown -R tester: /home/tester", s_stepDeadline);
                }

                result = await container.RunAsync(step.Command, s_stepDeadline, file.OfUser);
            }

            transcript.Add(step, result);
            timeouts += result.TimedOut ? 1 : 0;
            if (timeouts == MostTimeouts || (container.Ended.IsCompleted && step.Command != "ended"))
            {
                return false;
            }
        }

        return timeouts == 0;
    }

    /// <summary>The step `ended` waits for the end of the container; its status is the container's.</summary>
    private static async Task<StepResult> EndAsync(Container container) =>
        await Task.WhenAny(container.Ended, Task.Delay(s_stepDeadline)) == container.Ended
            ? new StepResult("", "", await container.Ended)
            : new StepResult("", "", StepResult.TimedOutStatus);
}
