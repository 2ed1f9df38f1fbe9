using System.Text;

namespace Trasgo.Linux;

/// <summary>What /proc/PID/stat says.</summary>
internal readonly record struct ProcessStat(char State, int ParentPid, int Session, uint Flags, ulong StartTime);

internal static partial class Processes
{
    public static ProcessStat? Stat(int pid)
    {
        if (ReadSmall($"/proc/{pid}/stat") is not { } bytes)
        {
            return null;
        }

        // The name in parentheses may itself contain anything, parentheses and spaces included: fields count from the last one.
        var close = bytes.AsSpan().LastIndexOf((byte)')');
        var fields = close < 0 ? [] : Encoding.ASCII.GetString(bytes.AsSpan(close + 1)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 20)
        {
            return null;
        }

        return new ProcessStat(fields[0][0], int.Parse(fields[1]), int.Parse(fields[3]), uint.Parse(fields[6]), ulong.Parse(fields[19]));
    }
}
