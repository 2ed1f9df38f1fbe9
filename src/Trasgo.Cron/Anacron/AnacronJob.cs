using System.Globalization;
using Trasgo.UnitFiles.Writing;

namespace Trasgo.Cron;

/// <summary>One line of /etc/anacrontab: a job that is to run every so many days, whenever the machine is up.</summary>
/// <param name="Period">In days; 0 for a period that is a word.</param>
/// <param name="Word">"monthly" for "@monthly"; "" otherwise.</param>
/// <param name="DelayMinutes">After the boot, or after the hour at which jobs may start.</param>
internal sealed record AnacronJob(
    SourceLine Source, int Period, string Word, int DelayMinutes, string Name, string Command, CronEnvironment Environment)
{
    /// <summary>
    /// A calendar event comes on the same days for all hosts and boots; that it was missed is remembered by Persistent=. A number of days that
    /// is none of the usual ones counts anew each month, so that a job may come earlier than it must, but not later.
    /// </summary>
    public string ToCalendarEvent(int startHour)
    {
        var minutes = (startHour * 60) + DelayMinutes;
        var time = string.Create(CultureInfo.InvariantCulture, $"{minutes / 60 % 24:D2}:{minutes % 60:D2}:00");
        return (Word, Period) switch
        {
            ("daily", _) or ("", 1) => $"*-*-* {time}",
            ("weekly", _) or ("", 7) => $"Mon *-*-* {time}",
            ("monthly", _) or ("", 30 or 31) => $"*-*-01 {time}",
            ("yearly" or "annually", _) or ("", 365 or 366) => $"*-01-01 {time}",
            (_, < 31) => string.Create(CultureInfo.InvariantCulture, $"*-*-01/{Period} {time}"),
            (_, < 365) => string.Create(CultureInfo.InvariantCulture, $"*-01/{Period / 30}-01 {time}"),
            _ => $"*-01-01 {time}",
        };
    }
}
