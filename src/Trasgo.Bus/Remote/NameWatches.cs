using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Remote;

/// <summary>
/// Well-known names whose owners matter: who has the name is told once after each time that the bus is reached, and then whenever it
/// changes hands.
/// </summary>
internal sealed class NameWatches(MessageBus bus)
{
    private readonly Dictionary<string, Watch> _watches = new(StringComparer.Ordinal);

    /// <summary>The handler gets the unique name of the owner, null for nobody.</summary>
    public void Add(string name, Action<string?> handler)
    {
        Remove(name);
        var watch = new Watch(handler);
        _watches.Add(name, watch);
        if (bus.IsConnected)
        {
            Ask(name, watch);
        }
    }

    public void Remove(string name)
    {
        if (_watches.Remove(name) && bus.IsConnected)
        {
            bus.RemoveOwnerMatch(name);
        }
    }

    public void OnConnected()
    {
        foreach (var (name, watch) in _watches)
        {
            watch.IsTold = false;
            Ask(name, watch);
        }
    }

    public void OnOwnerChanged(string name, string owner)
    {
        if (_watches.TryGetValue(name, out var watch))
        {
            watch.Tell(owner);
        }
    }

    private void Ask(string name, Watch watch)
    {
        bus.AddOwnerMatch(name);
        var question = DaemonCalls.New("GetNameOwner");
        question.Body.String(name);
        bus.Call(question, answer =>
        {
            if (!_watches.TryGetValue(name, out var current) || current != watch)
            {
                return;
            }

            if (answer is { Type: MessageType.MethodReturn, Signature: "s" })
            {
                watch.Tell(answer.Read().String());
            }
            else if (answer.ErrorName == BusErrorNames.NameHasNoOwner)
            {
                watch.Tell("");
            }
        });
    }

    private sealed class Watch(Action<string?> handler)
    {
        private string _owner = "";

        public bool IsTold { get; set; }

        public void Tell(string owner)
        {
            if (IsTold && owner == _owner)
            {
                return;
            }

            (IsTold, _owner) = (true, owner);
            handler(owner.Length == 0 ? null : owner);
        }
    }
}
