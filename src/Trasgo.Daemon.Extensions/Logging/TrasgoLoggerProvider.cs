using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Trasgo.Daemon.Extensions;

/// <summary>
/// Loggers that write to the journal, to syslog or to standard error with levels in front. In configuration its name is <c>Trasgo</c>:
/// <c>"Logging": { "Trasgo": { "LogLevel": { "Default": "Information" } } }</c>.
/// </summary>
/// <remarks>
/// Trace and Debug are <see cref="SyslogLevel.Debug"/>, Information is <see cref="SyslogLevel.Informational"/>, then Warning, Error and Critical by name. A message that
/// cannot be sent goes to standard error. All members may be used by any number of threads at once.
/// </remarks>
[ProviderAlias("Trasgo")]
public sealed class TrasgoLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentDictionary<string, TrasgoLogger> _loggers = new(StringComparer.Ordinal);
    private readonly LogSink _sink;

    /// <summary>A provider with the given options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    public TrasgoLoggerProvider(IOptions<TrasgoLoggerOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _sink = LogSink.Choose(options.Value);
    }

    /// <summary>Where messages go, after <see cref="TrasgoLogTarget.Automatic"/> was decided.</summary>
    public TrasgoLogTarget Target => _sink.Target;

    internal IExternalScopeProvider? Scopes { get; private set; }

    /// <summary>The logger of a category; the same one for the same name.</summary>
    /// <param name="categoryName">The category, most often the name of a type.</param>
    /// <returns>The logger.</returns>
    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, static (name, provider) => new(name, provider, provider._sink), this);

    /// <summary>Where scopes are kept; the logging framework calls it.</summary>
    /// <param name="scopeProvider">The scopes.</param>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    /// <summary>Closes the connection. What is logged afterwards goes nowhere.</summary>
    public void Dispose() => _sink.Dispose();
}
