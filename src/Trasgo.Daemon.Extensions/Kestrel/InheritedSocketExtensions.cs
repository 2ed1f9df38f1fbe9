using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Trasgo.Daemon.Extensions;

/// <summary>Kestrel on sockets that somebody else opened: the service manager (sd_listen_fds(3)), or the master of a <see cref="WorkerPool"/>.</summary>
/// <remarks>
/// The sockets stay open when Kestrel stops listening, so that a connection that arrives meanwhile waits in the kernel's queue for the next process that has the
/// socket. And no connection that was accepted is lost when the application stops: its first request is answered, and told <c>Connection: close</c>.
/// </remarks>
public static class InheritedSocketExtensions
{
    /// <summary>
    /// Has Kestrel listen on the sockets that were passed to this process. Where none was passed, and this is no worker, nothing changes and Kestrel listens on its addresses as
    /// ever; otherwise the addresses of the configuration are not used. A <see cref="Worker"/> listens on its master's sockets.
    /// </summary>
    /// <param name="builder">The web host: <c>WebApplicationBuilder.WebHost</c>.</param>
    /// <param name="name">Only sockets of this name (<c>FileDescriptorName=</c> of systemd.socket(5)); null for all that listen for streams. A worker's have no names.</param>
    /// <param name="configure">Configures each of them, for instance <c>UseHttps()</c>.</param>
    /// <returns>The same web host.</returns>
    /// <remarks>
    /// A socket of the given name that does not listen for streams is an error (<see cref="DaemonException"/>) when the host starts, because its clients would
    /// wait in vain.
    /// </remarks>
    public static IWebHostBuilder UseInheritedSockets(this IWebHostBuilder builder, string? name = null, Action<ListenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureServices(static services =>
        {
            services.TryAddSingleton(static _ => ListenDescriptors.Take());
            if (!services.Any(static service => service.ServiceType == typeof(ConnectionDrain)))
            {
                services.AddSingleton<ConnectionDrain>();
                services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<ConnectionDrain>());
                services.AddSingleton<IConnectionListenerFactory, DrainingListenerFactory>();
                services.AddSingleton<IStartupFilter, DrainStartupFilter>();
                services.AddSingleton<InheritedAddresses>();
                services.AddSingleton<IStartupFilter>(static provider => provider.GetRequiredService<InheritedAddresses>());
            }
        });
        return builder.ConfigureKestrel(options => Listen(options, name, configure ?? (static _ => { })));
    }

    private static void Listen(KestrelServerOptions options, string? name, Action<ListenOptions> configure)
    {
        var addresses = options.ApplicationServices.GetRequiredService<InheritedAddresses>();
        if (Worker.Current is { } worker)
        {
            foreach (var listener in worker.Listeners)
            {
                options.ListenHandle((ulong)listener.Handle, configure);
            }

            addresses.AreUsed = true;
            return;
        }

        foreach (var descriptor in options.ApplicationServices.GetRequiredService<ListenDescriptors>())
        {
            if (descriptor.IsTaken || (name is not null && descriptor.Name != name))
            {
                continue;
            }

            if (descriptor.IsSocket(type: SocketType.Stream, listening: true))
            {
                // Kestrel does not own what it is given by number; the descriptors' owner, a service of the container, closes it.
                options.ListenHandle((ulong)descriptor.Number, configure);
                addresses.AreUsed = true;
            }
            else if (name is not null)
            {
                throw new DaemonException($"descriptor {descriptor.Number} ({name}) is no socket that listens for streams");
            }
        }
    }
}
