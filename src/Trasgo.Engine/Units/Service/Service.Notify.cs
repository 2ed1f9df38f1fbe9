using System.Globalization;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>What the service last said about itself: READY=1, RELOADING=1 or STOPPING=1.</summary>
internal enum ServiceNotification
{
    Unknown,
    Ready,
    Reloading,
    Stopping,
}

internal sealed partial class Service
{
    /// <summary>The longest STATUS= that is kept, in characters.</summary>
    private const int StatusTextMax = 4096;

    private readonly ServiceWatchdog _watchdog;
    private readonly EarlyNotifications _early;
    private ServiceNotification _notifyState;

    public string StatusText { get; private set; } = "";

    public int StatusErrno { get; private set; }

    public ServiceWatchdog Watchdog => _watchdog;

    /// <summary>The descriptors that the service left with us (FDSTORE=1).</summary>
    public DescriptorStore Store { get; }

    public override void OnNotify(NotifyMessage message)
    {
        if (_early.IsDue(message))
        {
            _early.Hold(message);
        }
        else
        {
            Interpret(message);
        }
    }

    private void Interpret(NotifyMessage message)
    {
        if (!IsAuthorized(message.Pid))
        {
            return;
        }

        var changed = message.Find("MAINPID=") is { } mainPid && InterpretMainPid(mainPid, message);
        changed |= InterpretState(message);
        changed |= message.Find("STATUS=") is { } status && InterpretStatus(status);
        changed |= message.Find("ERRNO=") is { } errno && InterpretErrno(errno);
        if (message.Find("EXTEND_TIMEOUT_USEC=") is { } extend)
        {
            if (TryParseUsec(extend, out var usec))
            {
                ExtendTimeout(usec);
            }
            else
            {
                Log(LogLevel.Warning, $"Failed to parse EXTEND_TIMEOUT_USEC={extend}");
            }
        }

        InterpretWatchdog(message);
        InterpretStore(message);
        if (changed)
        {
            Context.Observer.UnitChanged(this);
        }
    }

    /// <summary>The watchdog has run out: the service is aborted, so that it leaves a core to look at.</summary>
    public void AbortByWatchdog() => EnterSignal(ServiceState.StopWatchdog, ServiceResult.Watchdog);

    private bool IsAuthorized(int pid)
    {
        var access = Settings.NotifyAccess;
        var allowed = access switch
        {
            NotifyAccess.None => false,
            NotifyAccess.Main => pid == MainPid,
            NotifyAccess.Exec => pid == MainPid || pid == ControlPid,
            _ => true,
        };
        if (!allowed)
        {
            var permitted = access switch
            {
                NotifyAccess.None => "is disabled",
                NotifyAccess.Main or NotifyAccess.Exec when MainPid != 0 && (access == NotifyAccess.Main || ControlPid == 0) =>
                    $"only permitted for main PID {MainPid}",
                NotifyAccess.Main => "only permitted for main PID which is currently not known",
                _ when MainPid != 0 => $"only permitted for main PID {MainPid} and control PID {ControlPid}",
                _ when ControlPid != 0 => $"only permitted for control PID {ControlPid}",
                _ => "only permitted for main PID and control PID which are currently not known",
            };
            Log(LogLevel.Warning, $"Got notification message from PID {pid}, but reception {permitted}{(access == NotifyAccess.None ? "." : "")}");
        }

        return allowed;
    }

    private bool InterpretMainPid(string text, NotifyMessage message)
    {
        if (_state is not (ServiceState.Start or ServiceState.StartPost or ServiceState.Running or ServiceState.Reload))
        {
            return false;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) || pid <= 0)
        {
            Log(LogLevel.Warning, $"Failed to parse MAINPID= field in notification message, ignoring: {text}");
            return false;
        }

        if (_mainKnown && pid == MainPid)
        {
            return false;
        }

        // A PID outside the service is believed only of a sender who could have done worse anyway.
        if (JudgeMainPid(pid, LogLevel.Warning) is not { } belongs || (!belongs && message.Uid != 0))
        {
            return false;
        }

        AdoptMain(pid);
        return true;
    }

    /// <summary>READY=, RELOADING= and STOPPING=: the last one in the message counts.</summary>
    private bool InterpretState(NotifyMessage message)
    {
        switch (message.LastOf("READY=1", "RELOADING=1", "STOPPING=1"))
        {
            case "READY=1":
                _notifyState = ServiceNotification.Ready;
                if (Settings.Type == ServiceType.Notify && _state == ServiceState.Start)
                {
                    EnterStartPost();
                }

                if (_state == ServiceState.Reload && _control is null)
                {
                    EnterRunning(ServiceResult.Success);
                }

                return true;
            case "RELOADING=1":
                _notifyState = ServiceNotification.Reloading;
                if (_state == ServiceState.Running)
                {
                    EnterReloadByNotify();
                }

                return true;
            case "STOPPING=1":
                _notifyState = ServiceNotification.Stopping;
                if (_state == ServiceState.Running)
                {
                    EnterStopByNotify();
                }

                return true;
            default:
                return false;
        }
    }

    private bool InterpretStatus(string text)
    {
        if (text.Length > StatusTextMax)
        {
            Log(LogLevel.Warning, $"Status message overly long ({text.Length} > {StatusTextMax}), ignoring.");
            text = "";
        }
        else if (text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            Log(LogLevel.Warning, "Status message in notification message is not UTF-8 clean, ignoring.");
            text = "";
        }

        var changed = StatusText != text;
        StatusText = text;
        return changed;
    }

    private bool InterpretErrno(string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var errno) || errno > 4095)
        {
            Log(LogLevel.Warning, $"Failed to parse ERRNO= field value '{text}' in notification message: Invalid argument");
            return false;
        }

        var changed = StatusErrno != errno;
        StatusErrno = errno;
        return changed;
    }

    private void InterpretWatchdog(NotifyMessage message)
    {
        switch (message.Find("WATCHDOG="))
        {
            case "1":
                _watchdog.Restart();
                break;
            case "trigger" when Context.ServiceWatchdogs:
                Log(LogLevel.Error, $"Watchdog request (last status: {(StatusText.Length > 0 ? StatusText : "<unset>")})!");
                AbortByWatchdog();
                break;
            case null or "trigger":
                break;
            default:
                Log(LogLevel.Warning, "Passed WATCHDOG= field is invalid, ignoring.");
                break;
        }

        if (message.Find("WATCHDOG_USEC=") is { } text)
        {
            if (TryParseUsec(text, out var usec))
            {
                _watchdog.Override(usec);
            }
            else
            {
                Log(LogLevel.Warning, $"Failed to parse WATCHDOG_USEC={text}");
            }
        }
    }

    private void InterpretStore(NotifyMessage message)
    {
        var name = message.Find("FDNAME=");
        var isValid = name is not null && DescriptorStore.IsValidName(name);
        if (message.Has("FDSTOREREMOVE=1"))
        {
            if (isValid)
            {
                Store.Remove(name!);
            }
            else
            {
                Log(LogLevel.Warning, "FDSTOREREMOVE=1 requested, but no valid file descriptor name passed, ignoring.");
            }
        }
        else if (message.Has("FDSTORE=1"))
        {
            if (name is not null && !isValid)
            {
                Log(LogLevel.Warning, "Passed FDNAME= name is invalid, ignoring.");
            }

            Store.Add(message.TakeDescriptors(), isValid ? name! : DescriptorStore.DefaultName, watch: !message.Has("FDPOLL=0"));
        }
    }

    private static bool TryParseUsec(string text, out ulong usec) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out usec);
}
