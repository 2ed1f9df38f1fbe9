namespace Trasgo.Engine.Jobs;

/// <summary>Second phase: marks the jobs the request cannot do without. They are never dropped to make it fit.</summary>
internal static class AnchorMarks
{
    public static void Set(Transaction transaction)
    {
        var open = new Stack<PlannedJob>();
        Mark(transaction.Anchor!, open);
        while (open.TryPop(out var job))
        {
            for (var link = job.Needs; link is not null; link = link.NextNeed)
            {
                if (link.Matters && !link.Object.MattersToAnchor)
                    Mark(link.Object, open);
            }
        }
    }

    private static void Mark(PlannedJob job, Stack<PlannedJob> open)
    {
        job.MattersToAnchor = true;
        open.Push(job);
    }
}
