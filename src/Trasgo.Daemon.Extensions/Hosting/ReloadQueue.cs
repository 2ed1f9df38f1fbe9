using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Trasgo.Daemon.Extensions;

/// <summary>
/// Reloads and reopens one after another. Requests that come while one of the same kind waits are one request: who sends a signal wants what is in the files
/// afterwards, not a number of reloads.
/// </summary>
internal sealed partial class ReloadQueue(
    IEnumerable<IReloadable> reloadables,
    IEnumerable<IReopenable> reopenables,
    IConfiguration configuration,
    ServiceNotifier notifier,
    IOptions<TrasgoHostOptions> options,
    ILogger<ReloadQueue> logger)
{
    private readonly Lock _lock = new();
    private bool _wantsReload;
    private bool _wantsReopen;
    private bool _isRunning;

    /// <summary>Asks for a reload, a reopening or both; the work is done on the thread pool.</summary>
    public void Request(bool reload, bool reopen, CancellationToken stopping)
    {
        lock (_lock)
        {
            _wantsReload |= reload;
            _wantsReopen |= reopen;
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        _ = Task.Run(() => RunAsync(stopping), CancellationToken.None);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (Next() is var (reload, reopen) && (reload || reopen))
        {
            if (reopen)
            {
                foreach (var service in reopenables)
                {
                    await GuardAsync(service, token => service.ReopenAsync(token), stopping).ConfigureAwait(false);
                }
            }

            if (reload && !stopping.IsCancellationRequested)
            {
                await ReloadAsync(stopping).ConfigureAwait(false);
            }
        }
    }

    private (bool Reload, bool Reopen) Next()
    {
        lock (_lock)
        {
            var next = (_wantsReload, _wantsReopen);
            _wantsReload = _wantsReopen = false;
            _isRunning = next is not (false, false);
            return next;
        }
    }

    private async Task ReloadAsync(CancellationToken stopping)
    {
        Notify.Safely(logger, () => notifier.Reloading());
        LogReloading();
        using (new Timer(_ => LogSlowReload(), null, options.Value.SlowReload, Timeout.InfiniteTimeSpan))
        {
            try
            {
                (configuration as IConfigurationRoot)?.Reload();
            }
            catch (Exception e) when (e is IOException or InvalidDataException or FormatException)
            {
                LogFailure(nameof(IConfigurationRoot), e);
            }

            foreach (var service in reloadables)
            {
                await GuardAsync(service, token => service.ReloadAsync(token), stopping).ConfigureAwait(false);
            }
        }

        // A manager that has been told of the end must not hear that the service is ready.
        if (!stopping.IsCancellationRequested)
        {
            LogReloaded();
            Notify.Safely(logger, () => notifier.Ready(options.Value.ReadyStatus));
        }
    }

    private async ValueTask GuardAsync(object service, Func<CancellationToken, ValueTask> work, CancellationToken stopping)
    {
        try
        {
            await work(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application stops, which needs no reload.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailure(service.GetType().Name, e);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Reloading")]
    private partial void LogReloading();

    [LoggerMessage(2, LogLevel.Information, "Reloaded")]
    private partial void LogReloaded();

    [LoggerMessage(3, LogLevel.Warning, "Reloading takes long")]
    private partial void LogSlowReload();

    [LoggerMessage(4, LogLevel.Error, "{Service} failed at a signal")]
    private partial void LogFailure(string service, Exception exception);
}
