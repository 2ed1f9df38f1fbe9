using System.Collections.Concurrent;
using System.Text;

namespace Trasgo.Daemon.Extensions;

/// <summary>The names of fields: UserName becomes USER_NAME, and what the journal gives a meaning to becomes X_SOMETHING.</summary>
internal static class FieldName
{
    /// <summary>Names come from the templates in the source, so there are few; scopes may bring any number of others.</summary>
    private const int MostKnown = 1024;

    private static readonly ConcurrentDictionary<string, string> s_known = new(StringComparer.Ordinal);

    /// <summary>systemd.journal-fields(7), and what <see cref="JournalSink"/> says itself.</summary>
    private static readonly string[] s_taken =
    [
        "MESSAGE", "PRIORITY", "ERRNO", "DOCUMENTATION", "TID", "UNIT", "USER_UNIT", "INVOCATION_ID", "USER_INVOCATION_ID", "LOGGER", "SCOPE",
    ];

    private static readonly string[] s_takenBeginnings = ["MESSAGE_", "SYSLOG_", "CODE_", "COREDUMP_", "OBJECT_", "EVENT_", "EXCEPTION_"];

    public static string Of(string name)
    {
        if (s_known.TryGetValue(name, out string? known))
        {
            return known;
        }

        string field = Convert(name);
        if (s_known.Count < MostKnown)
        {
            s_known.TryAdd(name, field);
        }

        return field;
    }

    private static string Convert(string name)
    {
        var field = new StringBuilder();
        for (int i = 0; i < name.Length && field.Length < JournalEntry.MaxNameLength; i++)
        {
            char c = name[i];
            if (char.IsAsciiLetterUpper(c) && i > 0 && (char.IsAsciiLetterLower(name[i - 1]) || char.IsAsciiDigit(name[i - 1])))
            {
                field.Append('_');
            }

            field.Append(char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_');
        }

        string plain = field.ToString();
        bool isTaken = !JournalEntry.IsValidName(plain)
            || Array.IndexOf(s_taken, plain) >= 0
            || Array.Exists(s_takenBeginnings, beginning => plain.StartsWith(beginning, StringComparison.Ordinal));
        plain = isTaken ? "X_" + plain.TrimStart('_') : plain;
        return plain.Length > JournalEntry.MaxNameLength ? plain[..JournalEntry.MaxNameLength] : plain;
    }
}
