using Trasgo.Bus.Objects;
using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>
/// Changes of units that are kept back from clients who have much to read yet. A reload of a thousand units, again and again, is more
/// than a client can read that is not alone on its processor; when it has caught up it is told once how each unit is by then.
/// </summary>
internal sealed class OwedNews
{
    private readonly Dictionary<ISignalReader, HashSet<Unit>> _owed = [];

    public bool IsEmpty => _owed.Count == 0;

    /// <summary>Notes the unit for every peer that is behind.</summary>
    public void Note(Unit unit, IEnumerable<ISignalReader> readers)
    {
        foreach (var peer in readers)
        {
            if (!peer.IsBehind)
            {
                continue;
            }

            if (!_owed.TryGetValue(peer, out var units))
            {
                _owed.Add(peer, units = []);
            }

            units.Add(unit);
        }
    }

    public bool IsOwed(ISignalReader peer, Unit unit) => _owed.TryGetValue(peer, out var units) && units.Contains(unit);

    /// <summary>Tells the peers what they are owed, each until it is behind again.</summary>
    public void Settle(Action<ISignalReader, Unit> tell)
    {
        foreach (var (peer, units) in _owed)
        {
            foreach (var unit in units)
            {
                if (peer.IsBehind)
                {
                    break;
                }

                units.Remove(unit);
                tell(peer, unit);
            }

            if (units.Count == 0 || !peer.IsConnected)
            {
                _owed.Remove(peer);
            }
        }
    }

    public void Forget(ISignalReader peer) => _owed.Remove(peer);

    public void Forget(Unit unit)
    {
        foreach (var units in _owed.Values)
        {
            units.Remove(unit);
        }
    }
}
