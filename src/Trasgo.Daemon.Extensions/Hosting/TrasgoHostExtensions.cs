using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Trasgo.Daemon.Extensions;

/// <summary>
/// Makes an application of the generic host a daemon that behaves well under Trasgo, systemd, in a container and from a shell.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>When all hosted services have started the manager is told READY=1, when the application stops STOPPING=1 (sd_notify(3)).</item>
/// <item>SIGTERM, SIGINT and SIGQUIT stop the application; requests in progress are finished first, for as long as <c>ShutdownTimeout</c> says.</item>
/// <item>SIGHUP reloads the configuration and every <see cref="IReloadable"/>, between RELOADING=1 and READY=1: for <c>Type=notify-reload</c>, or
/// <c>ExecReload=kill -HUP $MAINPID</c>.</item>
/// <item>SIGUSR1 calls every <see cref="IReopenable"/>.</item>
/// <item>The watchdog is kept content for as long as the service is well (<see cref="TrasgoHostOptions.IsHealthy"/>).</item>
/// <item>Log messages go to the journal or to syslog (<see cref="TrasgoLoggingBuilderExtensions.AddTrasgo"/>). The console's provider is taken away where standard
/// output is the journal: each message would be there twice.</item>
/// <item>A <see cref="Worker"/> tells its master instead of the manager that it serves, and stops when the master is gone.</item>
/// <item><see cref="ServiceNotifier"/> and <see cref="ListenDescriptors"/> are in the container.</item>
/// </list>
/// Where there is no manager, what concerns it does nothing.
/// </remarks>
public static class TrasgoHostExtensions
{
    /// <summary>Makes the application a daemon.</summary>
    /// <typeparam name="TBuilder">The builder: <see cref="HostApplicationBuilder"/>, or <see cref="Microsoft.AspNetCore.Builder.WebApplicationBuilder"/>.</typeparam>
    /// <param name="builder">The application. Call this after whatever configures its logging.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder UseTrasgo<TBuilder>(this TBuilder builder, Action<TrasgoHostOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddTrasgo(configure);
        return builder;
    }

    /// <summary>Makes the application a daemon.</summary>
    /// <param name="builder">The application. Call this after whatever configures its logging.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same builder.</returns>
    public static IHostBuilder UseTrasgo(this IHostBuilder builder, Action<TrasgoHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices((_, services) => services.AddTrasgo(configure));
    }

    /// <summary>Adds to the container what <c>UseTrasgo()</c> needs; for applications that have nothing but one.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same container.</returns>
    public static IServiceCollection AddTrasgo(this IServiceCollection services, Action<TrasgoHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging(static logging => logging.AddTrasgo());
        if (JournalStream.IsStandardOutput)
        {
            RemoveConsole(services);
        }

        // Other programs that this one starts must not speak in its name, and a worker does not speak in its master's.
        services.TryAddSingleton(static _ => Worker.Current is null ? ServiceNotifier.FromEnvironment(unset: true) : new ServiceNotifier(null));
        services.TryAddSingleton(static _ => ListenDescriptors.Take());
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, TrasgoLifetime>());
        services.TryAddSingleton<ReloadQueue>();
        services.TryAddSingleton<ServiceHealth>();
        services.AddOptions<TrasgoHostOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }

    private static void RemoveConsole(IServiceCollection services)
    {
        for (int i = services.Count - 1; i >= 0; i--)
        {
            if (services[i].ServiceType == typeof(ILoggerProvider) && services[i].ImplementationType == typeof(ConsoleLoggerProvider))
            {
                services.RemoveAt(i);
            }
        }
    }
}
