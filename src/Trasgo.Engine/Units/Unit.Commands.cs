using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>What is kept and told of the processes of a unit.</summary>
internal abstract partial class Unit
{
    protected void LogExit(string kind, bool success, int code, int status)
    {
        if (success && !WantsDebug)
        {
            return;
        }

        var level = success ? LogLevel.Debug : code == ExitCodes.Exited ? LogLevel.Notice : LogLevel.Warning;
        var name = code == ExitCodes.Exited ? ExitStatuses.Name(status) ?? "n/a" : SignalNames.Short(status);
        Log(level, $"{kind} exited, code={ExitCodes.Name(code)}, status={status}/{name}{(success ? " (success)" : "")}", MessageIds.ProcessExited);
    }

    protected void RecordStart(ExecStatus status, int pid)
    {
        var now = DualTimestamp.Now(Context.Loop);
        status.Reset();
        status.Pid = pid;
        status.StartRealtime = now.Realtime;
        status.StartMonotonic = now.Monotonic;
    }

    protected void RecordExit(ExecStatus status, int pid, int code, int exitStatus)
    {
        var now = DualTimestamp.Now(Context.Loop);
        status.Pid = pid;
        status.Code = code;
        status.Status = exitStatus;
        status.ExitRealtime = now.Realtime;
        status.ExitMonotonic = now.Monotonic;
    }
}
