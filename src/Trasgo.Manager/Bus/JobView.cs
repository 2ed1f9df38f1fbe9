using Trasgo.Engine.Jobs;

namespace Trasgo.Manager.Bus;

/// <summary>A job as an object on the bus.</summary>
internal sealed record JobView(ManagerBus Bus, Job Job);
