using System.Globalization;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    private ExecRequest Request(ExecCommand command, ExecRole role)
    {
        var isControl = role.HasFlag(ExecRole.Control);
        var usesSocket = Exec.StandardInput == ExecInput.Socket || Exec.StandardOutput == ExecOutput.Socket || Exec.StandardError == ExecOutput.Socket;
        return new ExecRequest
        {
            Unit = this,
            Command = command,
            Exec = Exec,
            Role = role,
            Environment = EnvironmentFor(role),
            Descriptors = role.HasFlag(ExecRole.PassDescriptors) && !usesSocket ? [.. SocketDescriptors(), .. Store.All()] : [],
            StreamSocket = usesSocket ? StreamSocketOf(SocketDescriptors()) : default,
            Streams = Streams.IsEmpty ? null : Streams,
            WatchdogUsec = role.HasFlag(ExecRole.Watchdog) && _watchdog.IntervalUsec != ulong.MaxValue ? _watchdog.IntervalUsec : 0,
            AwaitsExecution = Settings.Type == ServiceType.Exec && !isControl,
            ApplyCredentials = !(isControl && Settings.PermissionsStartOnly),
            ApplyRoot = !(isControl && Settings.RootDirectoryStartOnly),
        };
    }

    private List<KeyValuePair<string, string>> EnvironmentFor(ExecRole role)
    {
        var environment = new List<KeyValuePair<string, string>>();
        if (NeedsNotifySocket(role))
        {
            Add("NOTIFY_SOCKET", Context.NotifySocketPath);
        }

        if (MainPid > 0)
        {
            Add("MAINPID", MainPid.ToString(CultureInfo.InvariantCulture));
        }

        if (Context.Scope == RuntimeScope.User)
        {
            Add("MANAGERPID", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }

        if (Settings.PidFile is { } pidFile)
        {
            Add("PIDFILE", pidFile);
        }

        if (_connection is { } connection)
        {
            connection.AddTo(environment);
        }

        if (_commands.ControlKind is ServiceCommand.Stop or ServiceCommand.StopPost)
        {
            AddResult("", this);
        }
        else if (_commands.ControlKind is ServiceCommand.StartPre or ServiceCommand.Start or ServiceCommand.None && TriggeringService() is { } source)
        {
            AddResult("MONITOR_", source);
            Add("MONITOR_INVOCATION_ID", source.InvocationId);
            Add("MONITOR_UNIT", source.Id);
        }

        foreach (var (key, value) in ActivationDetails)
        {
            Add(key.ToUpperInvariant(), value);
        }

        return environment;

        void Add(string key, string value) => environment.Add(new(key, value));

        void AddResult(string prefix, Service of)
        {
            Add(prefix + "SERVICE_RESULT", of.Result.Name());
            var status = of.MainStatus;
            if (status.Pid > 0 && status.ExitRealtime > 0)
            {
                Add(prefix + "EXIT_CODE", ExitCodes.Name(status.Code));
                Add(prefix + "EXIT_STATUS", status.Code == ExitCodes.Exited
                    ? status.Status.ToString(CultureInfo.InvariantCulture)
                    : Linux.SignalNames.Short(status.Status));
            }
        }
    }

    /// <summary>NotifyAccess=main is for the main process, exec for control processes too, all for anybody.</summary>
    private bool NeedsNotifySocket(ExecRole role) => role.HasFlag(ExecRole.Control)
        ? Settings.NotifyAccess is NotifyAccess.Exec or NotifyAccess.All
        : Settings.NotifyAccess != NotifyAccess.None;

    /// <summary>
    /// The one service whose OnFailure= or OnSuccess= brought this one about. None when there are several, and one that names this unit
    /// in both counts twice: what systemd does, though it would know.
    /// </summary>
    private Service? TriggeringService()
    {
        Unit? found = null;
        foreach (var kind in (ReadOnlySpan<UnitDependency>)[UnitDependency.OnFailureOf, UnitDependency.OnSuccessOf])
        {
            foreach (var edge in DependenciesOf(kind))
            {
                var other = (Unit)edge.Other;
                if (found is not null)
                {
                    Log(LogLevel.Warning, $"multiple trigger source candidates for exit status propagation ({found.Id}, {other.Id}), skipping.");
                    return null;
                }

                found = other;
            }
        }

        return found as Service;
    }

    /// <summary>What the service's commands find as their standard streams, if it was made with such.</summary>
    public StandardStreams Streams { get; private set; } = new();

    public void TakeStreams(StandardStreams streams)
    {
        Streams.Dispose();
        Streams = streams;
    }

    public override void ReleaseResources()
    {
        Streams.Dispose();
        Store.Release();
    }

    public override void OnRemoved()
    {
        ReleaseBusName();
        CloseConnection();
    }

    /// <summary>A service with a process of its own is never forgotten.</summary>
    public override bool MayCollect => MainIsGood() != true && !ControlIsGood;
}
