namespace Trasgo.Daemon.Extensions;

/// <summary>A service that reads its configuration again on SIGHUP (daemon(7)). Register it in the container; see <see cref="TrasgoHostExtensions"/>.</summary>
public interface IReloadable
{
    /// <summary>
    /// Reads the configuration again. The application's own configuration has been reloaded before. If it throws, the error is logged and the
    /// other services are reloaded all the same: a mistake in a file is no reason to end a service that works.
    /// </summary>
    /// <param name="cancellationToken">The application is about to stop.</param>
    /// <returns>When it is done; the service manager waits for it.</returns>
    ValueTask ReloadAsync(CancellationToken cancellationToken);
}
