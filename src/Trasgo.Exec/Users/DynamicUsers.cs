using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>
/// DynamicUser= without a name service: a free uid of systemd's range for each name, the same one as long as the manager lives, and
/// likely the same after it, since it is derived from the name.
/// </summary>
internal sealed class DynamicUsers
{
    private const uint First = 61184;
    private const uint Count = 65519 - First + 1;

    private readonly Dictionary<string, uint> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<uint> _taken = [];

    /// <summary>The name systemd gives: the unit's own if it is one for users, else a hash of it.</summary>
    public static string NameFor(string unitId)
    {
        var dot = unitId.LastIndexOf('.');
        var prefix = unitId[..(dot < 0 ? unitId.Length : dot)];
        return IsUserName(prefix) ? prefix : $"_du{Hash(unitId):x16}";
    }

    public uint? Allocate(string name, IUserDirectory directory)
    {
        if (_byName.TryGetValue(name, out var known))
        {
            return known;
        }

        var start = (uint)(Hash(name) % Count);
        for (uint i = 0; i < Count; i++)
        {
            var uid = First + ((start + i) % Count);
            if (!_taken.Contains(uid) && directory.User($"{uid}") is null)
            {
                _taken.Add(uid);
                _byName[name] = uid;
                return uid;
            }
        }

        return null;
    }

    private static bool IsUserName(string name) =>
        name.Length is > 0 and <= 31 && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") < 0;

    /// <summary>FNV-1a: stable over versions, which string.GetHashCode is not.</summary>
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in System.Text.Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return hash;
    }
}
