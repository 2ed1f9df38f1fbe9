namespace Trasgo.Engine.Units;

/// <summary>
/// Who may move processes that we may not move: for the manager of a user, which has only its own part of the tree of control groups, that of the system.
/// Whoever is on the bus fills this in.
/// </summary>
internal sealed class ProcessMover
{
    /// <summary>
    /// Asks for processes to be moved into the unit's group. False if there is nobody to be asked; else the answer comes later, on the loop: null,
    /// or why it was refused.
    /// </summary>
    public Func<Unit, IReadOnlyList<int>, Action<string?>, bool> Ask { get; set; } = static (_, _, _) => false;
}
