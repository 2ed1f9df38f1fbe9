using System.Text;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>The log before there is a manager: standard error, as it was given to us.</summary>
internal sealed class EarlyLog : IEngineLog
{
    private const int StandardError = 2;

    public bool IsEnabled(LogLevel level) => level <= LogLevel.Notice;

    public void Write(LogLevel level, Unit? unit, string message)
    {
        if (!IsEnabled(level))
        {
            return;
        }

        using var output = Descriptor.Adopt(StandardError);
        _ = FileSystem.Write(output, Encoding.UTF8.GetBytes($"trasgo: {message}\n"));
        output.Release();
    }
}
