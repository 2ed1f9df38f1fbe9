using System.Diagnostics;
using System.Net;

namespace Trasgo.Daemon.Probe;

/// <summary>
/// become USER [GROUP]: listens, has threads, becomes the user, and says what it can still do and what a child of it is; waits for the end of standard input.
/// </summary>
internal static class BecomeCommand
{
    public static int Run(string[] arguments)
    {
        var user = DaemonUser.Find(arguments[0], arguments.Length > 1 ? arguments[1] : null);
        using var signals = new DaemonSignals();
        var listener = ListenSockets.Tcp(0, IPAddress.Loopback)[0];
        using var pidFile = PidFile.Acquire(Environment.GetEnvironmentVariable("PROBE_PID_FILE")!);
        user.Become();
        user.Become();
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port);
        Console.WriteLine($"{user.Name} {user.UserId} {user.GroupId} {string.Join(',', user.Groups.Order())} {user.HomeDirectory}");
        Console.WriteLine("shadow: " + CanRead("/etc/shadow"));
        using (var child = Process.Start(new ProcessStartInfo("/bin/cat", ["/proc/self/status"]) { RedirectStandardOutput = true })!)
        {
            string[] fields = child.StandardOutput.ReadToEnd().Split('\n');
            Console.WriteLine(string.Join(" | ", fields.Where(line => line.StartsWith("Uid:") || line.StartsWith("Gid:") || line.StartsWith("Groups:"))).Replace('\t', ' ').TrimEnd());
        }

        listener.Accept().Dispose();
        Console.WriteLine("accepted");
        Console.In.ReadToEnd();
        return 0;
    }

    private static bool CanRead(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
