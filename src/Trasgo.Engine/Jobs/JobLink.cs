namespace Trasgo.Engine.Jobs;

/// <summary>
/// Within a transaction: <see cref="Subject"/> needs <see cref="Object"/>. It stands in a doubly linked list at
/// either end, because transactions drop jobs, and their links, far more often than they search them.
/// </summary>
internal sealed class JobLink(PlannedJob subject, PlannedJob @object, bool matters, bool conflicts)
{
    public PlannedJob Subject { get; set; } = subject;

    public PlannedJob Object { get; set; } = @object;

    /// <summary>Without the object the subject makes no sense.</summary>
    public bool Matters { get; } = matters;

    /// <summary>The object is a stop that <c>Conflicts=</c> of the subject asks for.</summary>
    public bool Conflicts { get; } = conflicts;

    public JobLink? NextNeed { get; set; }

    public JobLink? PreviousNeed { get; set; }

    public JobLink? NextNeeder { get; set; }

    public JobLink? PreviousNeeder { get; set; }
}
