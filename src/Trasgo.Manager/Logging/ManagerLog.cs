using Trasgo.Engine.Units;

namespace Trasgo.Manager;

/// <summary>
/// The manager's own log (systemd(1), --log-target=): to the journal while it is up, otherwise to the kernel's log where that is
/// ours, otherwise to the console or standard error. Nothing of it ever waits, least of all for a journald that is a service of ours.
/// </summary>
internal sealed class ManagerLog(ConsoleLog? console, JournalLog? journal, KernelLog? kernel, SyslogLog? syslog = null) : IEngineLog, IDisposable
{
    /// <summary>Messages of lower importance than this are dropped; `systemctl log-level` sets it.</summary>
    public LogLevel MaxLevel { get; set; } = LogLevel.Info;

    /// <summary>"console", "kmsg", "journal" ...; `systemctl log-target` sets it.</summary>
    public string Target { get; set; } = "console";

    /// <summary>journald runs and reads; while it does not, a datagram to it would only fill its queue.</summary>
    public bool JournalIsUp { get; set; }

    /// <summary>What is written now is seen where status lines are seen.</summary>
    public bool IsOnConsole => !UsesJournal && !UsesKernel;

    public bool IsEnabled(LogLevel level) => level <= MaxLevel && Target != "null" && (console ?? (object?)journal ?? kernel) is not null;

    public void Write(LogLevel level, Unit? unit, string message)
    {
        if (IsEnabled(level) && IsWanted(level, unit))
        {
            Emit(new LogEntry { Level = level, Unit = unit, Text = unit is null ? message : $"{unit.Id}: {message}" });
        }
    }

    public void Write(LogLevel level, Unit unit, string message, string messageId)
    {
        if (IsEnabled(level) && IsWanted(level, unit))
        {
            Emit(new LogEntry { Level = level, Unit = unit, Text = $"{unit.Id}: {message}", Details = new LogDetails(messageId) });
        }
    }

    /// <summary>A message about a unit whose text names it already.</summary>
    public void Tell(LogLevel level, Unit unit, string message, LogDetails details)
    {
        if (IsEnabled(level) && IsWanted(level, unit))
        {
            Emit(new LogEntry { Level = level, Unit = unit, Text = message, Details = details });
        }
    }

    public void Dispose()
    {
        journal?.Dispose();
        kernel?.Dispose();
        syslog?.Dispose();
    }

    private bool UsesJournal => journal is not null && JournalIsUp && Target is "auto" or "journal" or "journal-or-kmsg" or "syslog" or "syslog-or-kmsg";

    private bool UsesKernel => kernel is not null && Target is "auto" or "kmsg" or "journal-or-kmsg" or "syslog-or-kmsg";

    /// <summary>LogLevelMax= holds for what is said of a unit as well (systemd.exec(5)).</summary>
    private static bool IsWanted(LogLevel level, Unit? unit) => unit?.Exec is not { LogLevelMax: >= 0 and var most } || (int)level <= most;

    private void Emit(in LogEntry entry)
    {
        if (!(UsesJournal && journal!.TryWrite(entry)) && !(UsesKernel && kernel!.TryWrite(entry)) && !(syslog?.TryWrite(entry) ?? false))
        {
            console?.Write(entry);
        }
    }
}
