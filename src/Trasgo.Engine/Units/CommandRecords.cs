using Trasgo.Engine.State;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>
/// Commands in the state of a manager: which list, the place in it, the command itself - so that it is found again after the list has changed - and what
/// is known of its run. Only the flag that decides on what its failure means is of use later.
/// </summary>
internal static class CommandRecords
{
    private const int StatusWords = 7;
    private const int FixedWords = 4 + StatusWords;

    public static void Save(StateRecord record, string key, string list, int index, ExecCommand command) =>
        record.Add(key, [list, StateRecord.Text((ulong)index), StateRecord.Text((ulong)command.Flags), command.Path, .. Words(command.Status), .. command.Argv]);

    /// <summary>Null if the words make no command.</summary>
    public static (string List, int Index, ExecCommand Command)? Read(string[] words)
    {
        if (words.Length < FixedWords || !StateRecord.TryNumber(words[1], out var index) || index > int.MaxValue)
        {
            return null;
        }

        var command = new ExecCommand(words[3], words[FixedWords..], (ExecCommandFlags)StateRecord.Int(words[2]));
        Read(words.AsSpan(4), command.Status);
        return (words[0], (int)index, command);
    }

    public static string[] Words(ExecStatus status) =>
    [
        StateRecord.Text((ulong)status.Pid),
        StateRecord.Text((ulong)status.Code),
        StateRecord.Text((ulong)status.Status),
        StateRecord.Text(status.StartRealtime),
        StateRecord.Text(status.StartMonotonic),
        StateRecord.Text(status.ExitRealtime),
        StateRecord.Text(status.ExitMonotonic),
    ];

    public static void Read(ReadOnlySpan<string> words, ExecStatus status)
    {
        if (words.Length < StatusWords)
        {
            return;
        }

        status.Pid = StateRecord.Int(words[0]);
        status.Code = StateRecord.Int(words[1]);
        status.Status = StateRecord.Int(words[2]);
        status.StartRealtime = Number(words[3]);
        status.StartMonotonic = Number(words[4]);
        status.ExitRealtime = Number(words[5]);
        status.ExitMonotonic = Number(words[6]);
    }

    private static ulong Number(string word) => StateRecord.TryNumber(word, out var number) ? number : 0;
}
