using System.Runtime.InteropServices;

namespace Trasgo.Daemon.Probe;

/// <summary>signals: says which handlers were called, and whether their thread is an ordinary one.</summary>
internal static class SignalsCommand
{
    public static int Run()
    {
        using var signals = new DaemonSignals();
        signals.OnReload(() => Say("reload")).OnReopenLogs(() => Say("reopen")).On(DaemonSignals.Sigusr2, () => Say("usr2")).OnStop(signal => Say("stop " + signal));
        signals.Stopping.Register(() => Console.WriteLine("cancelled"));
        Console.WriteLine("waiting");
        signals.WaitForStop();
        Console.WriteLine($"stopped by {signals.StopSignal}");
        return signals.StopSignal == PosixSignal.SIGQUIT ? 3 : 0;
    }

    private static void Say(string what) => Console.WriteLine($"{what} on {Thread.CurrentThread.Name}, pool {Thread.CurrentThread.IsThreadPoolThread}");
}
