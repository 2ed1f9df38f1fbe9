using Trasgo.Bus.Objects;
using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>Answers in the engine's terms.</summary>
internal static class BusCallExtensions
{
    /// <summary>An empty answer, or the refusal.</summary>
    public static void Finish(this BusCall call, BusFailure? failure)
    {
        if (failure is null)
        {
            call.Reply();
        }
        else
        {
            call.Fail(failure.Name, failure.Message);
        }
    }
}
