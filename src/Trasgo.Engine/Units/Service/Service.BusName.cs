using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>BusName=: a service of Type=dbus is up as long as its name has an owner (systemd.service(5)).</summary>
internal sealed partial class Service
{
    private string? _busName;
    private string? _busNameOwner;

    /// <summary>The name has that owner now, who need not be a process of this service; null for none.</summary>
    public void OnBusNameOwner(string? owner)
    {
        if (owner is not null && owner == _busNameOwner && _state is not ServiceState.Start)
        {
            // Told again, as after the bus was reached anew.
            return;
        }

        Log(LogLevel.Debug, owner is null ? $"D-Bus name {_busName} no longer owned by anyone." : $"D-Bus name {_busName} now owned by {owner}");
        _busNameOwner = owner;
        if (Settings.Type == ServiceType.DBus)
        {
            switch (_state)
            {
                case ServiceState.Running:
                    // Looks at whether it still is good, and stops it where it is not.
                    EnterRunning(ServiceResult.Success);
                    break;
                case ServiceState.Start when owner is not null:
                    EnterStartPost();
                    break;
                default:
                    break;
            }
        }
        else if (owner is not null && MainPid == 0 && MayAdoptOwner)
        {
            Context.BusNames.FindProcess(owner, pid => OnOwnerFound(owner, pid));
        }
    }

    private void ReleaseBusName()
    {
        if (_busName is { } name)
        {
            _busName = null;
            Context.BusNames.Release(name, this);
        }
    }

    private bool MayAdoptOwner => _state is ServiceState.Start or ServiceState.StartPost or ServiceState.Running or ServiceState.Reload;

    /// <summary>A daemon without PID file that takes a name is known by it. It must be one of the service's own processes.</summary>
    private void OnOwnerFound(string owner, int pid)
    {
        if (owner == _busNameOwner && MainPid == 0 && MayAdoptOwner && JudgeMainPid(pid, LogLevel.Debug) == true)
        {
            Log(LogLevel.Debug, $"D-Bus name {_busName} is now owned by process {pid}");
            AdoptMain(pid);
        }
    }

    /// <summary>Reports the service as the one behind its name, after its files were read. False if another one is.</summary>
    private bool ClaimBusName()
    {
        if (_busName is not null && _busName != Settings.BusName)
        {
            ReleaseBusName();
            _busNameOwner = null;
        }

        if (Settings.BusName is { } name && _busName is null)
        {
            if (!Context.BusNames.Claim(name, this))
            {
                Log(LogLevel.Warning, $"Two services allocated for the same bus name {name}, refusing operation.");
                return false;
            }

            _busName = name;
        }

        return true;
    }
}
