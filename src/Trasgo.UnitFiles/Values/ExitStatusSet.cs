namespace Trasgo.UnitFiles.Values;

/// <summary>Exit statuses and signals, as in SuccessExitStatus=.</summary>
internal sealed class ExitStatusSet
{
    public SortedSet<int> Statuses { get; } = [];

    public SortedSet<int> Signals { get; } = [];

    public bool IsEmpty => Statuses.Count == 0 && Signals.Count == 0;

    public void Clear()
    {
        Statuses.Clear();
        Signals.Clear();
    }

    public bool ContainsStatus(int status) => Statuses.Contains(status);

    public bool ContainsSignal(int signal) => Signals.Contains(signal);
}
