namespace Trasgo.Bus.Wire;

internal enum FrameResult
{
    /// <summary>The bytes so far are the start of a message.</summary>
    Incomplete,

    /// <summary>A message lies complete at the start of the bytes.</summary>
    Complete,

    /// <summary>A message begins whose header, or which as a whole, is longer than is taken here.</summary>
    TooLarge,

    /// <summary>No continuation makes this a message: the peer must go.</summary>
    Malformed,
}
