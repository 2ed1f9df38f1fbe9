namespace Trasgo.Bus.Wire;

internal enum FrameResult
{
    /// <summary>The bytes so far are the start of a message.</summary>
    Incomplete,

    /// <summary>A message lies complete at the start of the bytes.</summary>
    Complete,

    /// <summary>No continuation makes this a message: the peer must go.</summary>
    Malformed,
}
