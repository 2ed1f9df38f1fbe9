using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    public override void OnProcessExited(int pid, int code, int status)
    {
        if (_main is { } main && main.Pid == pid)
        {
            OnMainExited(pid, code, status);
            Context.Observer.UnitChanged(this);
        }
        else if (_control is { } control && control.Pid == pid)
        {
            OnControlExited(pid, code, status);
            Context.Observer.UnitChanged(this);
        }
    }

    /// <summary>
    /// A command must exit with 0; a daemon may also be ended by the signals that are used to end daemons
    /// (systemd.service(5), SuccessExitStatus=).
    /// </summary>
    private ServiceResult Judge(int code, int status, bool isCommand)
    {
        var clean = code switch
        {
            ExitCodes.Exited => status == 0,
            ExitCodes.Killed => !isCommand && (status == Signo.SIGHUP || status == Signo.SIGINT || status == Signo.SIGTERM || status == Signo.SIGPIPE),
            _ => false,
        };
        if (clean || (code != ExitCodes.Dumped && Matches(Settings.SuccessExitStatus, code, status)))
        {
            return ServiceResult.Success;
        }

        return code switch
        {
            ExitCodes.Exited => ServiceResult.ExitCode,
            ExitCodes.Killed => ServiceResult.Signal,
            _ => ServiceResult.CoreDump,
        };
    }
}
