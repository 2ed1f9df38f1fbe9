namespace Trasgo.Engine.Jobs;

/// <summary>As what the jobs of a transaction are looked at when their order is verified.</summary>
internal enum OrderView
{
    /// <summary>As pulled in; of several of one unit, the foremost.</summary>
    Planned,

    /// <summary>As they will be after merging with the installed jobs.</summary>
    Installed,

    /// <summary>The same, with restarts that have become starts.</summary>
    Restarted,
}
