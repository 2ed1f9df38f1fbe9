using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Service] section: systemd.service(5), and the shared settings of its processes, in the order of the properties.</summary>
internal static partial class ServiceDirectives
{
    public const string Section = "Service";

    private static readonly Rows<ServiceConfig> s_rows = new(Section);

    private static readonly Rows<ExecConfig> s_execRows = new(Section);

    private static readonly Directive<ExecConfig>[] s_own =
    [
        new Rows<ExecConfig>(UnitSections.Own).Of("InitGroups", Value.Boolean, static c => ref c.InitGroups, "", good: "no"),
    ];

    private static DirectiveTable<ServiceConfig>? s_table;

    public static DirectiveTable<ServiceConfig> Table => s_table ??= new(
    [
        .. KindRows(),
        .. TimeoutRows(),
        .. ExitRows(),
        .. OtherRows(),
        .. CommandRows(),
        .. LegacyRows(),
        .. ResourceDirectives.For(Section, static (ServiceConfig c) => c.Resources, static c => c.OwnResources),
        .. ExecDirectives.For(Section, static (ServiceConfig c) => c.Exec, static c => c.OwnExec),
        .. KillDirectives.For(Section, static (ServiceConfig c) => c.Kill),
        .. LiftedDirective<ServiceConfig, ExecConfig>.Lift(UnitSections.Own, s_own, static c => c.Exec, static c => c.OwnExec),
    ]);

    private static Directive<ServiceConfig>[] KindRows() =>
    [
        s_rows.Of("Type", Value.OptionalEnum(ServiceWords.ServiceType), static c => ref c.Type),
        s_rows.Of("ExitType", Value.Enum(ServiceWords.ServiceExitType), static c => ref c.ExitType),
        s_rows.Of("Restart", Value.Enum(ServiceWords.RestartPolicy), static c => ref c.Restart),
        new CustomDirective<ServiceConfig>(Section, "PIDFile", "s", "PATH")
        {
            Parser = ParsePidFile,
            Writer = static (c, writer) => writer.String(c.PidFile ?? ""),
            Formatter = static (c, texts) => texts.Add(WordText.EscapeSpecifiers(c.PidFile ?? "")),
            Reader = static (reader, texts) =>
            {
                var path = reader.String();
                texts.Add(WordText.EscapeSpecifiers(path));
                return path.Length == 0 || (Paths.Check(path.StartsWith('/') ? path : "/" + path, PathForm.Absolute, out _) is null && WordText.FitsLine(path));
            },
            GoodSample = "/var/run//cron.pid",
            BadSample = "/run/../cron.pid",
        },
        s_rows.Of("NotifyAccess", Value.Enum(ServiceWords.NotifyAccess), static c => ref c.NotifyAccess),
    ];

    private static Directive<ServiceConfig>[] TimeoutRows() =>
    [
        s_rows.Of("RestartSec", Value.Duration, static c => ref c.RestartDelay, "RestartUSec"),
        Timeout("TimeoutStartSec", "TimeoutStartUSec", stopToo: false),
        s_rows.Of("TimeoutStopSec", Value.Timeout, static c => ref c.TimeoutStop, "TimeoutStopUSec"),
        Timeout("TimeoutSec", "", stopToo: true),
        s_rows.Of("TimeoutAbortSec", Value.OptionalDuration, static c => ref c.TimeoutAbort, "TimeoutAbortUSec", flags: BusFlags.Transient,
            show: static (c, writer) => writer.UInt64(c.EffectiveTimeoutAbort)),
        s_rows.Of("TimeoutStartFailureMode", Value.Enum(ServiceWords.TimeoutFailureMode), static c => ref c.TimeoutStartFailureMode),
        s_rows.Of("TimeoutStopFailureMode", Value.Enum(ServiceWords.TimeoutFailureMode), static c => ref c.TimeoutStopFailureMode),
        s_rows.Of("RuntimeMaxSec", Value.Duration, static c => ref c.RuntimeMax, "RuntimeMaxUSec"),
        s_rows.Of("RuntimeRandomizedExtraSec", Value.Duration, static c => ref c.RuntimeRandomizedExtra, "RuntimeRandomizedExtraUSec"),
        s_rows.Of("WatchdogSec", Value.Duration, static c => ref c.Watchdog, "WatchdogUSec", flags: BusFlags.Transient),
    ];

    private static Directive<ServiceConfig>[] ExitRows() =>
    [
        s_rows.Of("PermissionsStartOnly", Value.Boolean, static c => ref c.PermissionsStartOnly, flags: BusFlags.Const | BusFlags.Hidden | BusFlags.Transient),
        s_rows.Of("RootDirectoryStartOnly", Value.Boolean, static c => ref c.RootDirectoryStartOnly),
        s_rows.Of("RemainAfterExit", Value.Boolean, static c => ref c.RemainAfterExit),
        s_rows.Of("GuessMainPID", Value.Boolean, static c => ref c.GuessMainPid, good: "no"),
        s_rows.Of("RestartPreventExitStatus", Value.StatusSet, static c => ref c.RestartPreventExitStatus),
        s_rows.Of("RestartForceExitStatus", Value.StatusSet, static c => ref c.RestartForceExitStatus),
        s_rows.Of("SuccessExitStatus", Value.StatusSet, static c => ref c.SuccessExitStatus),
    ];

    private static Directive<ServiceConfig>[] OtherRows()
    {
        var usb = Enforcement.Ignored("USB gadgets are not set up");
        return
        [
            s_rows.Of("BusName", Value.BusName, static c => ref c.BusName),
            s_rows.Of("FileDescriptorStoreMax", Value.Unsigned, static c => ref c.FileDescriptorStoreMax),
            s_rows.Of("USBFunctionDescriptors", Value.Path, static c => ref c.UsbFunctionDescriptors, enforcement: usb),
            s_rows.Of("USBFunctionStrings", Value.Path, static c => ref c.UsbFunctionStrings, enforcement: usb),
            s_rows.Of("OOMPolicy", Value.OptionalEnum(SharedWords.OomPolicy), static c => ref c.OomPolicy),
            new LiftedDirective<ServiceConfig, ExecConfig>(Section, s_execRows.Of("NonBlocking", Value.Boolean, static c => ref c.NonBlocking, ""), static c => c.Exec, static c => c.OwnExec)
            {
                BusName = "",
            },
            s_rows.Of("Sockets", s_sockets, static c => ref c.Sockets, ""),
        ];
    }

    private static List<Directive<ServiceConfig>> CommandRows()
    {
        (string Name, Field<ServiceConfig, List<ExecCommand>> Field)[] lines =
        [
            ("ExecCondition", static c => ref c.ExecCondition), ("ExecStartPre", static c => ref c.ExecStartPre),
            ("ExecStart", static c => ref c.ExecStart), ("ExecStartPost", static c => ref c.ExecStartPost),
            ("ExecReload", static c => ref c.ExecReload), ("ExecStop", static c => ref c.ExecStop),
            ("ExecStopPost", static c => ref c.ExecStopPost),
        ];
        var rows = new List<Directive<ServiceConfig>>();
        foreach (var (name, field) in lines)
        {
            rows.AddRange(ExecCommandRows.For(s_rows, name, field, ex: true));
        }

        return rows;
    }

    private static CustomDirective<ServiceConfig> Timeout(string name, string bus, bool stopToo) => new(Section, name, "t", "TIMESPAN")
    {
        BusName = bus,
        Parser = (c, text, context) =>
        {
            if (!Value.TryTimeout(text, out var timeout))
            {
                context.Ignore("is not a valid timespan", text);
                return;
            }

            c.TimeoutStartSet = true;
            c.TimeoutStart = timeout;
            c.TimeoutStop = stopToo ? timeout : c.TimeoutStop;
        },
        Writer = static (c, writer) => writer.UInt64(c.TimeoutStart),
        Formatter = (c, texts) => texts.AddRange(c.TimeoutStartSet && !stopToo ? [TimeSpans.Format(c.TimeoutStart)] : []),
        Reader = Value.Timeout.Read,
        GoodSample = "5min",
        BadSample = "soon",
    };

    private static void ParsePidFile(ServiceConfig config, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.PidFile = null;
            return;
        }

        if (!context.ExpandPath(text, out var path))
        {
            return;
        }

        path = path.StartsWith('/') ? path : $"{context.Defaults.Host.RuntimeDirectory}/{path}";
        if (context.SimplifyPath(ref path, PathForm.Absolute, context.Refuse))
        {
            config.PidFile = VarRun.Patch(path, context);
        }
    }
}
