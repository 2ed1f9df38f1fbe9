using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>
/// A method call under way. Its handler answers exactly once, at once or after it has kept the call; the arguments are good
/// only until the handler returns. Answers to a caller that wants none, or that has gone, are dropped.
/// </summary>
internal sealed class BusCall(ICaller caller, BusMessage message, object target)
{
    private MessageReader? _arguments;

    public ICaller Caller { get; } = caller;

    public BusMessage Message { get; } = message;

    public object Target { get; } = target;

    public MessageReader Arguments => _arguments ??= Message.Read();

    /// <summary>The same call with arguments that stay good after the handler. Whoever keeps it disposes its message.</summary>
    public BusCall Keep() => new(Caller, Message.Detach(), Target);

    public bool Answered { get; private set; }

    /// <summary>Answers without values.</summary>
    public void Reply()
    {
        using var reply = NewReply();
        Send(reply);
    }

    public void ReplyString(string value)
    {
        using var reply = NewReply();
        reply.Body.String(value);
        Send(reply);
    }

    public void ReplyPath(string path)
    {
        using var reply = NewReply();
        reply.Body.ObjectPath(path);
        Send(reply);
    }

    /// <summary>Answers with what the writer gets.</summary>
    public void Reply(Action<MessageWriter> write)
    {
        using var reply = NewReply();
        write(reply.Body);
        Send(reply);
    }

    public void Fail(BusError error)
    {
        using var reply = BusMessage.Error(Message, error);
        Send(reply);
    }

    public void Fail(string name, string text) => Fail(new BusError(name, text));

    public BusMessage NewReply() => BusMessage.Return(Message);

    public void Send(BusMessage reply)
    {
        if (Answered)
        {
            return;
        }

        Answered = true;
        if (!Message.ReplyExpected)
        {
            return;
        }

        if (reply.BodyFailed)
        {
            using var error = BusMessage.Error(Message, new BusError(BusErrorNames.LimitsExceeded, "The reply does not fit a message."));
            Caller.Send(error);
            return;
        }

        Caller.Send(reply);
    }
}
