namespace Trasgo.UnitFiles.Values;

/// <summary>Exit statuses and signals, as in SuccessExitStatus=.</summary>
internal sealed class ExitStatusSet
{
    private SortedSet<int>? _statuses;
    private SortedSet<int>? _signals;

    public SortedSet<int> Statuses => _statuses ??= [];

    public SortedSet<int> Signals => _signals ??= [];

    public bool IsEmpty => _statuses is not { Count: > 0 } && _signals is not { Count: > 0 };

    public void Clear()
    {
        _statuses = null;
        _signals = null;
    }

    public bool ContainsStatus(int status) => _statuses is not null && _statuses.Contains(status);

    public bool ContainsSignal(int signal) => _signals is not null && _signals.Contains(signal);
}
