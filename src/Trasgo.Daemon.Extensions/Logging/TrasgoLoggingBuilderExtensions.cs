using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Trasgo.Daemon.Extensions;

/// <summary>Adds the provider to the logging of an application.</summary>
public static class TrasgoLoggingBuilderExtensions
{
    /// <summary>Adds <see cref="TrasgoLoggerProvider"/>; calling it twice adds one provider, with both configurations.</summary>
    /// <param name="builder">The logging of an application.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same builder.</returns>
    public static ILoggingBuilder AddTrasgo(this ILoggingBuilder builder, Action<TrasgoLoggerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<TrasgoLoggerOptions>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, TrasgoLoggerProvider>());
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }
}
