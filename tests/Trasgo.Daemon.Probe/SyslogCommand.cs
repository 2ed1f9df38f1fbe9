namespace Trasgo.Daemon.Probe;

/// <summary>syslog OPTIONS WORDS...: openlog(3), and a message for each word to /dev/log.</summary>
internal static class SyslogCommand
{
    public static int Run(string options, string[] words)
    {
        using var log = SyslogClient.Open("probe", Enum.Parse<OpenLogOptions>(options), SyslogFacility.Local3);
        foreach (string word in words)
        {
            log.Log(SyslogLevel.Warning, $"{word}");
        }

        Console.WriteLine($"lost {log.LostMessages}");
        return 0;
    }
}
