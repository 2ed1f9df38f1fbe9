using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>Settings of a service that contradict each other, which make it bad-setting (systemd.service(5)).</summary>
internal static class ServiceChecks
{
    /// <summary>Null when the service can be run.</summary>
    public static string? Refusal(Service service)
    {
        var settings = service.Settings;
        var isOneshot = settings.Type == ServiceType.Oneshot;
        var hasStart = settings.ExecStart.Count > 0;
        var hasSuccessAction = settings.Unit.SuccessAction != EmergencyAction.None;
        if (!hasStart && settings.ExecStop.Count == 0 && !hasSuccessAction)
        {
            return "Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.";
        }

        if (!isOneshot && !hasStart)
        {
            return "Service has no ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.";
        }

        if (!settings.RemainAfterExit && !hasStart && !hasSuccessAction)
        {
            return "Service has no ExecStart= and no SuccessAction= settings and does not have RemainAfterExit=yes set. Refusing.";
        }

        if (!isOneshot && settings.ExecStart.Count > 1)
        {
            return "Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.";
        }

        if (isOneshot && OneshotRefusal(settings) is { } refusal)
        {
            return refusal;
        }

        if (settings.Type == ServiceType.DBus && settings.BusName is null)
        {
            return "Service is of type D-Bus but no D-Bus service name has been specified. Refusing.";
        }

        return settings.Exec.PamName is not null && settings.Kill.KillMode is not (KillMode.ControlGroup or KillMode.Mixed)
            ? "Service has PAM enabled. Kill mode must be set to 'control-group' or 'mixed'. Refusing."
            : null;
    }

    private static string? OneshotRefusal(ServiceConfig settings) => settings switch
    {
        { Restart: RestartPolicy.Always or RestartPolicy.OnSuccess } =>
            "Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot services. Refusing.",
        { RestartForceExitStatus.IsEmpty: false } =>
            "Service has RestartForceExitStatus= set, which isn't allowed for Type=oneshot services. Refusing.",
        { ExitType: ServiceExitType.ControlGroup } =>
            "Service has ExitType=cgroup set, which isn't allowed for Type=oneshot services. Refusing.",
        _ => null,
    };
}
