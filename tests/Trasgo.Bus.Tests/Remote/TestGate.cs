using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Tests.Remote;

/// <summary>Lets everybody look, and keeps changes until the test has decided.</summary>
internal sealed class TestGate : IGatekeeper
{
    private readonly Queue<(BusCall Call, Action<BusCall> Proceed)> _kept = new();

    public void Admit(BusInterface table, BusMethod method, BusCall call, Action<BusCall> proceed)
    {
        if (method.Name == "Look")
        {
            proceed(call);
        }
        else
        {
            _kept.Enqueue((call.Keep(), proceed));
        }
    }

    public void Decide(bool admit)
    {
        var (call, proceed) = _kept.Dequeue();
        using (call.Message)
        {
            if (admit)
            {
                proceed(call);
            }
            else
            {
                call.Fail(BusErrorNames.AccessDenied, "Permission denied");
            }
        }
    }
}
