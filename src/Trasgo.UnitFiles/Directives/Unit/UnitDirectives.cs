using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// The [Unit] section of systemd.unit(5), in the order of the properties. The dependency properties show what is written;
/// what the engine adds (inverses, defaults, mounts) is for the engine's graph to show under the same names.
/// </summary>
internal static partial class UnitDirectives
{
    public const string Section = "Unit";

    private static readonly Rows<UnitConfig> s_rows = new(Section);

    private static DirectiveTable<UnitConfig>? s_table;

    public static DirectiveTable<UnitConfig> Table => s_table ??= new(
    [
        .. DependencyRows(),
        .. DescriptionRows(),
        .. StartRows(),
        .. JobRows(),
        .. ConditionRows(),
        .. LimitRows(),
    ]);

    private static Directive<UnitConfig>[] DescriptionRows() =>
    [
        s_rows.Of("RequiresMountsFor", s_mountPaths, static c => ref c.RequiresMountsFor),
        s_rows.Of("Documentation", Value.Documentation, static c => ref c.Documentation),
        s_rows.Of("Description", Value.Description, static c => ref c.Description, flags: BusFlags.Const | BusFlags.Transient | BusFlags.Runtime),
        s_rows.Of("SourcePath", Value.Path, static c => ref c.SourcePath),
    ];

    private static Directive<UnitConfig>[] StartRows()
    {
        var success = s_rows.Of("OnSuccessJobMode", Value.Word(UnitWords.JobModes), static c => ref c.OnSuccessJobMode);
        var failure = s_rows.Of("OnFailureJobMode", Value.Word(UnitWords.JobModes), static c => ref c.OnFailureJobMode);
        return
        [
            s_rows.Of("StopWhenUnneeded", Value.Boolean, static c => ref c.StopWhenUnneeded),
            s_rows.Of("RefuseManualStart", Value.Boolean, static c => ref c.RefuseManualStart),
            s_rows.Of("RefuseManualStop", Value.Boolean, static c => ref c.RefuseManualStop),
            s_rows.Of("AllowIsolate", Value.Boolean, static c => ref c.AllowIsolate),
            s_rows.Of("DefaultDependencies", Value.Boolean, static c => ref c.DefaultDependencies, good: "no"),
            s_rows.View("OnSuccesJobMode", "s", static (c, writer) => writer.String(c.OnSuccessJobMode), BusFlags.Const | BusFlags.Hidden),
            success,
            failure,
            new CustomDirective<UnitConfig>(Section, "OnFailureIsolate", "", "BOOLEAN")
            {
                BusName = "",
                Parser = ParseOnFailureIsolate,
                GoodSample = "yes",
                BadSample = "maybe",
            },
            s_rows.Of("IgnoreOnIsolate", Value.Boolean, static c => ref c.IgnoreOnIsolate),
            s_rows.Obsolete("IgnoreOnSnapshot"),
        ];
    }

    private static Directive<UnitConfig>[] JobRows() =>
    [
        new CustomDirective<UnitConfig>(Section, "JobTimeoutSec", "t", "TIMESPAN")
        {
            BusName = "JobTimeoutUSec",
            Parser = ParseJobTimeout,
            Writer = static (c, writer) => writer.UInt64(c.JobTimeout),
            Formatter = static (c, texts) => texts.Add(TimeSpans.Format(c.JobTimeout)),
            Reader = Value.Timeout.Read,
            GoodSample = "5min",
            BadSample = "soon",
        },
        new CustomDirective<UnitConfig>(Section, "JobRunningTimeoutSec", "t", "TIMESPAN")
        {
            BusName = "JobRunningTimeoutUSec",
            Parser = ParseJobRunningTimeout,
            Writer = static (c, writer) => writer.UInt64(c.JobRunningTimeout),
            Formatter = static (c, texts) => texts.AddRange(c.JobRunningTimeoutSet ? [TimeSpans.Format(c.JobRunningTimeout)] : []),
            Reader = Value.Timeout.Read,
            GoodSample = "5min",
            BadSample = "soon",
        },
        s_rows.Of("JobTimeoutAction", Value.EmergencyAction, static c => ref c.JobTimeoutAction),
        s_rows.Of("JobTimeoutRebootArgument", Value.RebootArgument, static c => ref c.JobTimeoutRebootArgument),
    ];

    private static Directive<UnitConfig>[] LimitRows()
    {
        var interval = s_rows.Of("StartLimitIntervalSec", Value.Duration, static c => ref c.StartLimitInterval, "StartLimitIntervalUSec");
        return
        [
            interval,
            new AliasDirective<UnitConfig>("StartLimitInterval", interval)
            {
                BusName = "StartLimitInterval",
                BusFlags = BusFlags.Const | BusFlags.Hidden,
            },
            s_rows.View("StartLimitIntervalSec", "t", static (c, writer) => writer.UInt64(c.StartLimitInterval), BusFlags.Const | BusFlags.Hidden),
            s_rows.Of("StartLimitBurst", Value.Unsigned, static c => ref c.StartLimitBurst),
            s_rows.Of("StartLimitAction", Value.EmergencyAction, static c => ref c.StartLimitAction),
            s_rows.Of("FailureAction", Value.EmergencyAction, static c => ref c.FailureAction),
            s_rows.Of("FailureActionExitStatus", Value.ExitStatus, static c => ref c.FailureActionExitStatus),
            s_rows.Of("SuccessAction", Value.EmergencyAction, static c => ref c.SuccessAction),
            s_rows.Of("SuccessActionExitStatus", Value.ExitStatus, static c => ref c.SuccessActionExitStatus),
            s_rows.Of("RebootArgument", Value.RebootArgument, static c => ref c.RebootArgument),
            s_rows.Of("CollectMode", Value.Enum(UnitWords.CollectMode), static c => ref c.CollectMode),
        ];
    }

    private static void ParseOnFailureIsolate(UnitConfig config, string text, ParseContext context)
    {
        if (Booleans.Parse(text) is { } isolate)
        {
            context.Warn("OnFailureIsolate= is obsolete, use OnFailureJobMode=.");
            config.OnFailureJobMode = isolate ? "isolate" : "replace";
        }
        else
        {
            context.Ignore("is not a valid boolean", text);
        }
    }

    /// <summary>Sets the running timeout too, unless that was written: both were one setting once.</summary>
    private static void ParseJobTimeout(UnitConfig config, string text, ParseContext context)
    {
        if (!Value.TryTimeout(text, out var timeout))
        {
            context.Ignore("is not a valid timespan", text);
            return;
        }

        config.JobTimeout = timeout;
        if (!config.JobRunningTimeoutSet)
        {
            config.JobRunningTimeout = timeout;
        }
    }

    private static void ParseJobRunningTimeout(UnitConfig config, string text, ParseContext context)
    {
        if (!Value.TryTimeout(text, out var timeout))
        {
            context.Ignore("is not a valid timespan", text);
            return;
        }

        config.JobRunningTimeout = timeout;
        config.JobRunningTimeoutSet = true;
    }
}
