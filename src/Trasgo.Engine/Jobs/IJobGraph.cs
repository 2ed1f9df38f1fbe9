namespace Trasgo.Engine.Jobs;

/// <summary>All units there are, for the planner.</summary>
internal interface IJobGraph
{
    /// <summary>Every unit once, aliases left out.</summary>
    IEnumerable<IJobUnit> Units { get; }

    /// <summary>The unit could not be loaded earlier: load it again if its file may have appeared since.</summary>
    void RetryLoad(IJobUnit unit);
}
