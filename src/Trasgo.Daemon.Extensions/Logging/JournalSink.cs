using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Trasgo.Daemon.Extensions;

/// <summary>Each message is an entry, and what is known about it are its fields.</summary>
internal sealed class JournalSink : LogSink
{
    private const string Template = "{OriginalFormat}";

    /// <summary>Room is left for what the sink itself adds.</summary>
    private const int MostFields = JournalEntry.MaxFields - 16;

    [ThreadStatic]
    private static JournalEntry? s_entry;

    private readonly PriorityLog _otherwise = new();
    private readonly JournalClient _client;
    private readonly string _identity;
    private readonly int _facility;
    private readonly bool _fields;
    private readonly bool _scopes;

    public JournalSink(TrasgoLoggerOptions options)
    {
        var syslog = options.Identity is null ? new SyslogClientOptions { Facility = options.Facility } : new() { Identity = options.Identity, Facility = options.Facility };
        _identity = syslog.Identity;
        _facility = (int)syslog.Facility;
        _fields = options.IncludeFields;
        _scopes = options.IncludeScopes;
        _client = new(_identity, options.JournalSocketPath);
    }

    public override TrasgoLogTarget Target => TrasgoLogTarget.Journal;

    public override void Write(in LogRecord record)
    {
        var entry = s_entry ?? new();

        // A value may log while it is being formatted; that message must not find this entry half full.
        s_entry = null;
        try
        {
            Fill(entry, record);
            if (!_client.Send(entry))
            {
                _otherwise.Write(record.Level, LogLine.Of(record));
            }
        }
        catch (ObjectDisposedException)
        {
            // The host is going down, and somebody still has a logger.
        }
        finally
        {
            entry.Clear();
            s_entry = entry;
        }
    }

    public override void Dispose() => _client.Dispose();

    private void Fill(JournalEntry entry, in LogRecord record)
    {
        entry.Add("PRIORITY", (int)record.Level);
        entry.Add("SYSLOG_IDENTIFIER", _identity);
        entry.Add("SYSLOG_FACILITY", _facility);
        entry.Add("SYSLOG_PID", Environment.ProcessId);
        entry.Add("MESSAGE", record.Exception is null ? record.Text : record.Text + "\n" + record.Exception);
        entry.Add("LOGGER", record.Category);
        if (record.Event.Id != 0)
        {
            entry.Add("EVENT_ID", record.Event.Id);
        }

        if (record.Event.Name is { } name)
        {
            entry.Add("EVENT_NAME", name);
        }

        if (record.Exception is { } exception)
        {
            entry.Add("EXCEPTION_TYPE", exception.GetType().FullName ?? "");
            entry.Add("EXCEPTION_MESSAGE", exception.Message);
        }

        if (_fields && record.Values is { } values)
        {
            for (int i = 0; i < values.Count; i++)
            {
                AddValue(entry, values[i].Key == Template ? "MESSAGE_TEMPLATE" : FieldName.Of(values[i].Key), values[i].Value);
            }
        }

        if (_scopes)
        {
            record.Scopes?.ForEachScope(static (scope, entry) => AddScope(entry, scope), entry);
        }
    }

    private static void AddScope(JournalEntry entry, object? scope)
    {
        if (scope is IEnumerable<KeyValuePair<string, object?>> values)
        {
            // A scope's template is left out: there can be one in an entry, the message's.
            foreach (var (name, value) in values.Where(static value => value.Key != Template))
            {
                AddValue(entry, FieldName.Of(name), value);
            }
        }
        else if (scope is not null && entry.Count < MostFields)
        {
            entry.Add("SCOPE", scope.ToString() ?? "");
        }
    }

    private static void AddValue(JournalEntry entry, string field, object? value)
    {
        if (value is null || entry.Count >= MostFields)
        {
            return;
        }

        switch (value)
        {
            case string text:
                entry.Add(field, text);
                break;
            case int number:
                entry.Add(field, number);
                break;
            case long number:
                entry.Add(field, number);
                break;
            case IFormattable formattable:
                entry.Add(field, formattable.ToString(null, CultureInfo.InvariantCulture) ?? "");
                break;
            default:
                entry.Add(field, value.ToString() ?? "");
                break;
        }
    }
}
