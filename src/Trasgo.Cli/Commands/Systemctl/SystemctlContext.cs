using System.Diagnostics.CodeAnalysis;
using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>What every verb works with: the options, the outputs and the way to the manager.</summary>
internal sealed class SystemctlContext(SystemctlOptions options, CommandOutput output, string program) : IDisposable
{
    private ManagerBus? _bus;

    internal SystemctlOptions Options => options;
    internal CommandOutput Output => output;
    internal string Program => program;

    /// <summary>Connects on first use; false after saying why not.</summary>
    internal bool Connect([NotNullWhen(true)] out ManagerBus? bus)
    {
        _bus ??= ManagerBus.Connect(options.Scope == Scope.System, output);
        bus = _bus;
        return bus is not null;
    }

    public void Dispose() => _bus?.Dispose();
}
