using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>Properties that are printed as a line an element.</summary>
internal static partial class SpecialProperties
{
    private static readonly HashSet<string> s_deviceNumbers =
    [
        "IODeviceWeight", "BlockIODeviceWeight", "IOReadBandwidthMax", "IOWriteBandwidthMax", "IOReadIOPSMax",
        "IOWriteIOPSMax", "BlockIOReadBandwidth", "BlockIOWriteBandwidth",
    ];

    private static IEnumerable<string>? Lines(PropertyPrinter printer, string name, BusValue value) =>
        value.Type != 'a' ? null : name switch
        {
            "EnvironmentFiles" => Each(value, static item =>
                $"{item[0].Text} (ignore_errors={Booleans.Format(item[1].Flag)})"),
            "Paths" or "Listen" => Each(value, static item => $"{item[1].Text} ({item[0].Text})"),
            "TimersMonotonic" => Each(value, static item =>
                $"{{ {item[0].Text}={TimeSpans.Format(item[1].Unsigned)} ; next_elapse={TimeSpans.Format(item[2].Unsigned)} }}"),
            "TimersCalendar" => Each(value, item =>
                $"{{ {item[0].Text}={item[1].Text} ; next_elapse={NullOr(printer, item[2].Unsigned)} }}"),
            "DeviceAllow" => Each(value, static item => $"{item[0].Text} {item[1].Text}"),
            "IODeviceLatencyTargetUSec" => Each(value, static item =>
                $"{item[0].Text} {TimeSpans.Format(item[1].Unsigned)}"),
            "RootImageOptions" or "BPFProgram" => Each(value, static item => $"{item[0].Text}:{item[1].Text}"),
            "StateDirectorySymlink" or "RuntimeDirectorySymlink" or "CacheDirectorySymlink" or "LogsDirectorySymlink" =>
                Each(value, static item => $"{item[0].Text}:{item[1].Text}"),
            "SocketBindAllow" or "SocketBindDeny" => Each(value, AddressText.FormatBind),
            _ when value.Signature == "a(st)" && s_deviceNumbers.Contains(name) => Each(value, static item =>
                $"{item[0].Text} {item[1].Unsigned}"),
            _ when value.Signature is CommandStatus.Signature or CommandStatus.ExSignature => Each(value, item =>
                Command(printer, CommandStatus.From(name, item))),
            _ => null,
        };

    private static IEnumerable<string> Each(BusValue value, Func<BusValue, string> format) => value.Items.Select(format);

    // systemctl hands the unset timestamp to printf(3), and glibc's says so.
    private static string NullOr(PropertyPrinter printer, ulong timestamp) =>
        printer.Timestamp(timestamp) is { Length: > 0 } text ? text : "(null)";

    private static string Command(PropertyPrinter printer, CommandStatus status)
    {
        var how = status.IsEx ? $"flags={status.Flags}" : $"ignore_errors={Booleans.Format(status.Ignore)}";
        var signal = status.Code == CommandStatus.Exited ? "" : "/" + SignalOf(status.Status);
        return $"{{ path={status.Path} ; argv[]={status.CommandLine} ; {how} ; "
            + $"start_time=[{NotAvailable(printer, status.Start)}] ; stop_time=[{NotAvailable(printer, status.Exit)}] ; "
            + $"pid={status.Pid} ; code={CommandStatus.CodeName(status.Code)} ; status={status.Status}{signal} }}";
    }

    private static string SignalOf(int status) => Signals.IsValid(status) ? Signals.Name(status) : status.ToString(
        System.Globalization.CultureInfo.InvariantCulture);

    private static string NotAvailable(PropertyPrinter printer, ulong timestamp) =>
        printer.Timestamp(timestamp) is { Length: > 0 } text ? text : "n/a";
}
