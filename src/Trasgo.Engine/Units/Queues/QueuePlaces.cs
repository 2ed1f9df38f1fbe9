namespace Trasgo.Engine.Units;

/// <summary>The queues that a unit is in.</summary>
[Flags]
internal enum QueuePlaces : byte
{
    None = 0,
    Load = 1,
    TargetDependencies = 2,
    StopWhenUnneeded = 4,
    StartWhenUpheld = 8,
    StopWhenBound = 16,
    Garbage = 32,
}
