namespace Trasgo.Engine.Jobs;

/// <summary>A unit in a transaction under construction and the jobs it has there; none once all were dropped.</summary>
internal sealed class PlannedUnit(IJobUnit unit)
{
    public IJobUnit Unit { get; } = unit;

    public PlannedJob? Jobs { get; set; }

    public bool MattersToAnchor
    {
        get
        {
            for (var job = Jobs; job is not null; job = job.Next)
            {
                if (job.MattersToAnchor)
                    return true;
            }

            return false;
        }
    }
}
