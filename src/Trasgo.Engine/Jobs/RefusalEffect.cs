namespace Trasgo.Engine.Jobs;

/// <summary>What a refusal for a dependency does to the job that wants it.</summary>
internal enum RefusalEffect
{
    /// <summary>The job is refused too, unless the dependency merely cannot have a job of that type.</summary>
    Refuse,

    /// <summary>It is ignored; what is masked or absent is not even worth a warning.</summary>
    Ignore,

    /// <summary>It is ignored with a warning.</summary>
    Warn,
}
