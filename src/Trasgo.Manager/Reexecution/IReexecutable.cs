using Trasgo.Engine.State;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>What the re-execution needs of the manager.</summary>
internal interface IReexecutable
{
    /// <summary>Everything that the next manager has to know. It changes nothing.</summary>
    List<StateRecord> Save(HandedDescriptors handed);

    /// <summary>Runs the generators; <paramref name="done"/> comes later.</summary>
    void Generate(Action done);

    /// <summary>Jobs are taken in, but none is begun.</summary>
    void HoldJobs(bool hold);

    void OnReexecutionBegun();

    void OnReexecutionFailed(string message);
}
