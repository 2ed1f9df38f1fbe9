using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Trasgo.Daemon.Extensions;

/// <summary>Whether the service is well, for the watchdog. It runs on the watchdog's thread: a check that hangs is a watchdog that hears nothing.</summary>
internal sealed class ServiceHealth(IServiceProvider services, IOptions<TrasgoHostOptions> options)
{
    private readonly HealthCheckService? _checks = services.GetService<HealthCheckService>();

    public bool IsHealthy(TimeSpan patience) => PoolMoves(patience) && (options.Value.IsHealthy is { } own ? own() : ChecksPass(patience));

    private static bool PoolMoves(TimeSpan patience) => Task.Run(static () => { }).Wait(patience);

    private bool ChecksPass(TimeSpan patience)
    {
        if (_checks is null)
        {
            return true;
        }

        using var limit = new CancellationTokenSource(patience);
        return _checks.CheckHealthAsync(limit.Token).GetAwaiter().GetResult().Status != HealthStatus.Unhealthy;
    }
}
