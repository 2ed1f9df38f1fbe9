using Trasgo.Engine.State;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

internal sealed partial class UnitProcess
{
    /// <summary>A process that has not been heard of yet has no number: the state is not saved before it has.</summary>
    public void Save(StateRecord record, string key)
    {
        if (Phase is ProcessPhase.Running or ProcessPhase.Exited)
        {
            record.Add(
                key,
                StateRecord.Text((ulong)Pid),
                Phase == ProcessPhase.Exited ? "exited" : IsAlien ? "alien" : "child",
                Handle?.PidFd is { } fd ? record.Shelve(fd) : "-");
        }
    }

    /// <summary>Null if there was none. A child that has ended meanwhile waits to be reaped, so its number is still its own.</summary>
    public static UnitProcess? Restore(StateRecord record, string key, IProcessTable table)
    {
        foreach (var words in record.All(key, 3))
        {
            if (StateRecord.Int(words[0]) is not (> 1 and var pid))
            {
                continue;
            }

            if (words[1] == "exited")
            {
                return new UnitProcess { Pid = pid, Phase = ProcessPhase.Exited };
            }

            var handle = record.Unshelve(words[2]) is { } fd ? new ProcessHandle(pid, fd) : table.Open(pid, out _);
            return Known(pid, handle, isAlien: words[1] == "alien");
        }

        return null;
    }
}
