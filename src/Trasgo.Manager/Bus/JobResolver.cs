using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;

namespace Trasgo.Manager.Bus;

/// <summary>Jobs by their numbers.</summary>
internal sealed class JobResolver(ManagerBus bus) : IObjectResolver
{
    public BusObject? Find(string path, ICaller caller, out BusError? failure)
    {
        failure = null;
        return BusPaths.JobId(path) is { } id && bus.Manager.Engine.Jobs.Find(id) is { } job
            ? new BusObject(new JobView(bus, job), [JobInterface.Table])
            : null;
    }

    public IEnumerable<string> Children()
    {
        foreach (var job in bus.Manager.Engine.Jobs.Jobs)
        {
            yield return BusPaths.OfJob(job.Id);
        }
    }
}
