using System.Text;

namespace Trasgo.Daemon.Extensions;

/// <summary>A message where there are no fields: category, event ID, text, and the exception in the lines below.</summary>
internal static class LogLine
{
    [ThreadStatic]
    private static StringBuilder? s_line;

    public static string Of(in LogRecord record)
    {
        var line = s_line ??= new();
        line.Clear().Append(record.Category);
        if (record.Event.Id != 0)
        {
            line.Append('[').Append(record.Event.Id).Append(']');
        }

        line.Append(": ").Append(record.Text);
        if (record.Exception is not null)
        {
            line.Append('\n').Append(record.Exception);
        }

        return line.ToString();
    }
}
