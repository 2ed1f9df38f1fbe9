using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Run;

/// <summary>How a service ended: what is told of it, and the exit status that we end with ourselves.</summary>
internal static class RunSummary
{
    private const int Exited = 1;
    private const int Killed = 2;
    private const int Dumped = 3;

    /// <summary>The status by which the LSB knows that something ended in no way of its own.</summary>
    private const int Exception = 255;

    internal static void Print(PropertyBag end, CommandOutput output)
    {
        if (end.Text("Result") is { Length: > 0 } result)
        {
            output.Info($"Finished with result: {result}");
        }

        var status = end.Signed("ExecMainStatus");
        var ending = end.Signed("ExecMainCode") switch
        {
            Exited => $"exited/status={status}",
            Killed => $"killed/status={SignalNames.Short(status)}",
            Dumped => $"dumped/status={SignalNames.Short(status)}",
            _ => null,
        };
        if (ending is not null)
        {
            output.Info($"Main processes terminated with: code={ending}");
        }

        var (began, ended) = (end.Number("InactiveExitTimestampMonotonic"), end.Number("InactiveEnterTimestampMonotonic"));
        if (began > 0 && ended > began)
        {
            output.Info($"Service runtime: {TimeSpanText.Format(ended - began, TimeSpanText.Millisecond)}");
        }

        if (end.Number("CPUUsageNSec", ulong.MaxValue) is var used and not ulong.MaxValue)
        {
            output.Info($"CPU time consumed: {TimeSpanText.Format((used + 999) / 1000, TimeSpanText.Millisecond)}");
        }

        Amount("IP traffic received", "IPIngressBytes");
        Amount("IP traffic sent", "IPEgressBytes");
        Amount("IO bytes read", "IOReadBytes");
        Amount("IO bytes written", "IOWriteBytes");

        void Amount(string label, string property)
        {
            if (end.Number(property, ulong.MaxValue) is var bytes and not ulong.MaxValue)
            {
                output.Info($"{label}: {ByteAmount.Format(bytes)}");
            }
        }
    }

    internal static int ExitStatus(PropertyBag end) => end.Text("Result") switch
    {
        "success" => 0,
        "exit-code" when end.Signed("ExecMainStatus") > 0 => end.Signed("ExecMainStatus"),
        "signal" => Exception,
        _ => 1,
    };
}
