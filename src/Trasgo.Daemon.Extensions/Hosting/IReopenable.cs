namespace Trasgo.Daemon.Extensions;

/// <summary>
/// A service that opens its log files again on SIGUSR1, after logrotate(8) has moved them away. Register it in the container; see
/// <see cref="TrasgoHostExtensions"/>.
/// </summary>
public interface IReopenable
{
    /// <summary>Opens the files again. If it throws, the error is logged.</summary>
    /// <param name="cancellationToken">The application is about to stop.</param>
    /// <returns>When it is done.</returns>
    ValueTask ReopenAsync(CancellationToken cancellationToken);
}
