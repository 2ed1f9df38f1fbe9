namespace Trasgo.Engine.Jobs;

/// <summary>What a plan would do with one unit.</summary>
internal enum PlannedEffect
{
    /// <summary>A new job.</summary>
    Install,

    /// <summary>The job already installed covers it, or is widened to.</summary>
    Merge,

    /// <summary>The job already installed is cancelled in favour of the new one.</summary>
    Replace,
}
