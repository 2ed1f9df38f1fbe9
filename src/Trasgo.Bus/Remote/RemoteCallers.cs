using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Remote;

/// <summary>
/// The peers behind the message bus that have called, from their first call until they leave it or have to make room. Each is watched by a
/// match rule of its own, so that of all who come and go on a bus nobody else wakes us.
/// </summary>
internal sealed class RemoteCallers(MessageBus bus, BusConnectionLimits limits)
{
    private readonly Dictionary<string, RemoteCaller> _callers = new(StringComparer.Ordinal);

    /// <summary>Whether something is remembered of a caller that must end with it.</summary>
    public Func<ICaller, bool> IsNeeded { get; set; } = static _ => false;

    /// <summary>A caller has left the bus, or we have.</summary>
    public Action<ICaller> Gone { get; set; } = static _ => { };

    /// <summary>How many want signals.</summary>
    public int Subscribed { get; set; }

    public int Count => _callers.Count;

    public void OnCall(BusMessage call)
    {
        if (call.Sender is not { } name)
        {
            return;
        }

        if (!_callers.TryGetValue(name, out var caller) && (caller = Meet(name)) is null)
        {
            Refuse(call, "Too many clients");
        }
        else if (caller.IsKnown)
        {
            bus.Objects.Dispatch(caller, call);
        }
        else if (caller.Waiting.Count < limits.WaitingCallsPerCaller)
        {
            caller.Waiting.Enqueue(call.Detach());
        }
        else
        {
            Refuse(call, "Too many calls at once");
        }
    }

    public IEnumerable<RemoteCaller> All => _callers.Values;

    /// <summary>Somebody whom a program before us knew. He is watched from the moment that the bus is reached; if it is not, he is gone.</summary>
    public RemoteCaller Recall(string name)
    {
        if (!_callers.TryGetValue(name, out var caller))
        {
            _callers.Add(name, caller = new RemoteCaller(bus, name));
        }

        return caller;
    }

    /// <summary>The bus is reached: whoever was recalled is looked for there.</summary>
    public void OnConnected()
    {
        foreach (var caller in _callers.Values)
        {
            Ask(caller);
        }
    }

    /// <summary>False if the name is not that of a caller.</summary>
    public bool OnOwnerChanged(string name, string owner)
    {
        if (!_callers.TryGetValue(name, out var caller))
        {
            return false;
        }

        if (owner.Length == 0)
        {
            Forget(caller);
            Gone(caller);
        }

        return true;
    }

    /// <summary>The connection is gone, and with it everybody behind it.</summary>
    public void ForgetAll()
    {
        var callers = new List<RemoteCaller>(_callers.Values);
        _callers.Clear();
        foreach (var caller in callers)
        {
            caller.OnGone();
            Gone(caller);
        }
    }

    private RemoteCaller? Meet(string name)
    {
        if (_callers.Count >= limits.CallersAtMost)
        {
            MakeRoom();
        }

        if (_callers.Count >= limits.CallersAtMost)
        {
            return null;
        }

        var caller = new RemoteCaller(bus, name);
        _callers.Add(name, caller);
        Ask(caller);
        return caller;
    }

    /// <summary>Watched first, asked then: if it leaves in between, the second fails.</summary>
    private void Ask(RemoteCaller caller)
    {
        bus.AddOwnerMatch(caller.UniqueName);
        var question = DaemonCalls.New("GetConnectionCredentials");
        question.Body.String(caller.UniqueName);
        bus.Call(question, answer => OnCredentials(caller, answer));
    }

    private void OnCredentials(RemoteCaller caller, BusMessage answer)
    {
        if (!caller.IsConnected)
        {
            return;
        }

        if (answer.Type != MessageType.MethodReturn || answer.Signature != "a{sv}")
        {
            Forget(caller);
            Gone(caller);
            return;
        }

        caller.Learn(answer.Read());
        while (caller.Waiting.TryDequeue(out var call))
        {
            using (call)
            {
                bus.Objects.Dispatch(caller, call);
            }
        }
    }

    /// <summary>Those of whom nothing is remembered will be met anew when they call again.</summary>
    private void MakeRoom()
    {
        foreach (var caller in new List<RemoteCaller>(_callers.Values))
        {
            if (caller is { IsKnown: true, Subscribed: false } && !IsNeeded(caller))
            {
                Forget(caller, stillThere: true);
            }
        }
    }

    private void Forget(RemoteCaller caller, bool stillThere = false)
    {
        _callers.Remove(caller.UniqueName);
        bus.RemoveOwnerMatch(caller.UniqueName);
        if (!stillThere)
        {
            caller.OnGone();
        }
    }

    private void Refuse(BusMessage call, string text)
    {
        if (call.ReplyExpected)
        {
            using var error = BusMessage.Error(call, new BusError(BusErrorNames.LimitsExceeded, text));
            bus.Send(error);
        }
    }
}
