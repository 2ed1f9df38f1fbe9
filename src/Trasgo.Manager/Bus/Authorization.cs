using Trasgo.Bus.Objects;
using Trasgo.Bus.Remote;
using Trasgo.Bus.Wire;

namespace Trasgo.Manager.Bus;

/// <summary>
/// What others than root may do over the message bus: look at everything, and change what polkit allows them. Where no polkit is on the
/// bus they change nothing. The question goes out as a call of its own, and the client's call waits for its answer while the loop goes on:
/// polkitd may be a service that we have to start first.
/// </summary>
internal sealed class Authorization(ManagerBus bus) : IGatekeeper
{
    private const string PolkitName = "org.freedesktop.PolicyKit1";
    private const string InteractiveAuthorizationRequired = "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired";
    private const uint AllowUserInteraction = 1;
    private const int QuestionsAtMost = 256;
    private int _questions;

    public void Admit(BusInterface table, BusMethod method, BusCall call, Action<BusCall> proceed)
    {
        var need = Permissions.Of(table, method, call);
        if (need is null)
        {
            proceed(call);
        }
        else if (need.Action is null)
        {
            call.Fail(ObjectTree.Denied(table.Name, method.Name));
        }
        else if (_questions >= QuestionsAtMost)
        {
            call.Fail(BusErrorNames.LimitsExceeded, "Too many calls wait for authorization");
        }
        else
        {
            _questions++;
            var kept = call.Keep();
            bus.Message.Call(Question(need, call), answer => OnAnswer(answer, kept, proceed));
        }
    }

    /// <summary>CheckAuthorization of org.freedesktop.PolicyKit1.Authority: may that name do this?</summary>
    private static BusMessage Question(Permission need, BusCall call)
    {
        var question = BusMessage.Call(PolkitName, "/org/freedesktop/PolicyKit1/Authority", PolkitName + ".Authority", "CheckAuthorization");
        var body = question.Body;
        body.BeginStruct();
        body.String("system-bus-name");
        body.BeginArray("{sv}");
        body.BeginDictEntry();
        body.String("name");
        body.BeginVariant("s");
        body.String(call.Caller.UniqueName ?? "");
        body.EndVariant();
        body.EndDictEntry();
        body.EndArray();
        body.EndStruct();
        body.String(need.Action!);
        body.BeginArray("{ss}");
        Detail(body, "unit", need.Unit);
        Detail(body, "verb", need.Verb);
        body.EndArray();
        body.UInt32((call.Message.Flags & MessageFlags.AllowInteractiveAuthorization) != 0 ? AllowUserInteraction : 0);
        body.String("");
        return question;
    }

    private static void Detail(MessageWriter body, string name, string? value)
    {
        if (value is not null)
        {
            body.BeginDictEntry();
            body.String(name);
            body.String(value);
            body.EndDictEntry();
        }
    }

    private void OnAnswer(BusMessage answer, BusCall call, Action<BusCall> proceed)
    {
        _questions--;
        using (call.Message)
        {
            var (isAuthorized, isChallenge) = (false, false);
            if (answer is { Type: MessageType.MethodReturn, Signature: "(bba{ss})" })
            {
                var reader = answer.Read();
                reader.EnterStruct();
                (isAuthorized, isChallenge) = (reader.Boolean(), reader.Boolean());
            }

            if (isAuthorized)
            {
                proceed(call);
            }
            else if (isChallenge)
            {
                call.Fail(InteractiveAuthorizationRequired, "Interactive authentication required.");
            }
            else
            {
                call.Fail(BusErrorNames.AccessDenied, "Permission denied");
            }
        }
    }
}
