namespace Trasgo.Daemon.Probe;

/// <summary>hold PATH: holds a PID file until standard input ends.</summary>
internal static class HoldCommand
{
    public static int Run(string path)
    {
        using var file = PidFile.Acquire(path);
        Console.WriteLine("held");
        Console.In.ReadToEnd();
        return 0;
    }
}
