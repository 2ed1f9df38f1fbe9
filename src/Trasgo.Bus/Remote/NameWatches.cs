using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Remote;

/// <summary>
/// Names whose owners matter, to one or to several: who has the name is told once after each time that the bus is reached, and then whenever
/// it changes hands.
/// </summary>
internal sealed class NameWatches(MessageBus bus)
{
    private readonly Dictionary<string, Watch> _watches = new(StringComparer.Ordinal);

    /// <summary>The handler gets the unique name of the owner, null for nobody.</summary>
    public void Add(string name, Action<string?> handler)
    {
        if (_watches.TryGetValue(name, out var known))
        {
            known.Add(handler);
            return;
        }

        var watch = new Watch(handler);
        _watches.Add(name, watch);
        if (bus.IsConnected)
        {
            Ask(name, watch);
        }
    }

    public void Remove(string name, Action<string?> handler)
    {
        if (!_watches.TryGetValue(name, out var watch) || !watch.Remove(handler) || !watch.IsIdle)
        {
            return;
        }

        _watches.Remove(name);
        if (bus.IsConnected)
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

    private sealed class Watch(Action<string?> first)
    {
        private readonly List<Action<string?>> _handlers = [first];
        private string _owner = "";

        public bool IsIdle => _handlers.Count == 0;

        public bool IsTold { get; set; }

        public void Tell(string owner)
        {
            if (IsTold && owner == _owner)
            {
                return;
            }

            (IsTold, _owner) = (true, owner);
            foreach (var handler in _handlers.ToArray())
            {
                handler(owner.Length == 0 ? null : owner);
            }
        }

        /// <summary>Who comes late hears what the others know.</summary>
        public void Add(Action<string?> handler)
        {
            _handlers.Add(handler);
            if (IsTold)
            {
                handler(_owner.Length == 0 ? null : _owner);
            }
        }

        public bool Remove(Action<string?> handler) => _handlers.Remove(handler);
    }
}
