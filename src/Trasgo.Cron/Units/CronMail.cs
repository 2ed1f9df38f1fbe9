namespace Trasgo.Cron;

/// <summary>Who gets the output of a job (crontab(5), MAILTO).</summary>
internal static class CronMail
{
    public const string Sendmail = "/usr/sbin/sendmail";

    /// <summary>Null where nothing is sent: it is switched off by an empty MAILTO=, or there is nobody to send it.</summary>
    public static string? Recipient(string user, CronEnvironment environment, bool canSend) =>
        canSend && (environment["MAILTO"] ?? user) is { Length: > 0 } recipient ? recipient : null;

    /// <summary>The address becomes an argument of a program that runs for root, so nothing but an address is taken.</summary>
    public static bool IsSafe(string recipient) =>
        recipient.Length is > 0 and <= 998 && recipient[0] != '-'
        && !recipient.AsSpan().ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@!:%-.,_+");
}
