namespace Trasgo.Bus.Objects;

/// <summary>Decides about the calls of callers who are not privileged.</summary>
internal interface IGatekeeper
{
    /// <summary>
    /// Proceeds at once, or answers the call with a refusal, or does either later: then it keeps the call (<see cref="BusCall.Keep"/>).
    /// </summary>
    void Admit(BusInterface table, BusMethod method, BusCall call, Action<BusCall> proceed);
}
