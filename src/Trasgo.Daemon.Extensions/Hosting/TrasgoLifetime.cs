using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Trasgo.Daemon.Extensions;

/// <summary>
/// The life of the application as the service manager sees it: started, reloading, stopping; and the signals of daemon(7). Signals that come before the
/// application has started are kept: a reload is done then, an end comes at once.
/// </summary>
internal sealed partial class TrasgoLifetime(
    IHostApplicationLifetime application,
    ServiceNotifier notifier,
    ServiceHealth health,
    ReloadQueue reloads,
    IOptions<TrasgoHostOptions> options,
    ILogger<TrasgoLifetime> logger) : IHostLifetime, IDisposable
{
    private readonly List<IDisposable> _registrations = [];
    private readonly Lock _lock = new();
    private bool _isStarted;
    private bool _reloadFirst;
    private bool _reopenFirst;
    private Watchdog? _watchdog;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations.Add(application.ApplicationStarted.Register(OnStarted));
        _registrations.Add(application.ApplicationStopping.Register(OnStopping));
        if (Worker.Current is { } worker)
        {
            _registrations.Add(worker.MasterGone.Register(application.StopApplication));
        }

        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnStop));
        }

        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => OnRequest(context, reload: true)));
        _registrations.Add(PosixSignalRegistration.Create(DaemonSignals.Sigusr1, context => OnRequest(context, reload: false)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _watchdog?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _watchdog?.Dispose();
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _registrations.Clear();
    }

    private void OnStarted()
    {
        Notify.Safely(logger, () => notifier.Ready(options.Value.ReadyStatus));
        Worker.Current?.Ready();
        if (Watchdog.Interval is { } interval)
        {
            _watchdog = Watchdog.Start(notifier, () => health.IsHealthy(interval / 2));
        }

        bool reload, reopen;
        lock (_lock)
        {
            _isStarted = true;
            (reload, reopen) = (_reloadFirst, _reopenFirst);
        }

        if (reload || reopen)
        {
            reloads.Request(reload, reopen, application.ApplicationStopping);
        }
    }

    private void OnStopping() => Notify.Safely(logger, () => notifier.Stopping());

    private void OnStop(PosixSignalContext context)
    {
        context.Cancel = true;
        LogStopping(context.Signal);
        application.StopApplication();
    }

    private void OnRequest(PosixSignalContext context, bool reload)
    {
        context.Cancel = true;
        lock (_lock)
        {
            if (!_isStarted)
            {
                _reloadFirst |= reload;
                _reopenFirst |= !reload;
                return;
            }
        }

        reloads.Request(reload, !reload, application.ApplicationStopping);
    }

    [LoggerMessage(20, LogLevel.Information, "Stopping because of {Signal}")]
    private partial void LogStopping(PosixSignal signal);
}
