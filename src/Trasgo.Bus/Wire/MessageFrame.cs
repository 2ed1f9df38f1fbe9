namespace Trasgo.Bus.Wire;

/// <summary>What the first bytes of a message tell of it.</summary>
/// <param name="Result">Whether it is there, and whether it may be read at all.</param>
/// <param name="HeaderLength">Bytes before the body; 0 while they are not known.</param>
/// <param name="Length">Bytes in all, at most <see cref="BusLimits.MessageBytes"/>; 0 while they are not known.</param>
internal readonly record struct MessageFrame(FrameResult Result, int HeaderLength = 0, int Length = 0);
