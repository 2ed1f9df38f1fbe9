using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// The zones of this machine: the files of the tz database, and $TZ or /etc/localtime as tzset(3) has it. What was read is kept until
/// somebody says that the host's zone has changed.
/// </summary>
/// <param name="variable">$TZ, if it is set.</param>
internal sealed class HostTimeZones(string? variable) : ITimeZones
{
    public const string LocalFile = "/etc/localtime";

    private const string Database = "/usr/share/zoneinfo/";

    private readonly Dictionary<string, ZoneRules?> _known = new(StringComparer.Ordinal);
    private ZoneRules? _local;

    public ZoneRules Local => _local ??= ReadLocal() ?? ZoneRules.Utc;

    public ZoneRules? Find(string name)
    {
        if (name == "UTC")
        {
            return ZoneRules.Utc;
        }

        if (!_known.TryGetValue(name, out var rules))
        {
            rules = ZoneNames.IsValid(name) ? Read(Database + name) : null;
            _known.Add(name, rules);
        }

        return rules;
    }

    public void Forget()
    {
        _local = null;
        _known.Clear();
    }

    private static ZoneRules? Read(string path) =>
        FileSystem.Read(path, ZoneFile.SizeLimit) is { Ok: true, Value: var bytes } ? ZoneFile.Parse(bytes) : null;

    private ZoneRules? ReadLocal()
    {
        if (variable is null)
        {
            return Read(LocalFile);
        }

        // ":NAME" is a file; without the colon it may be a rule as well. An empty variable means UTC.
        var name = variable.StartsWith(':') ? variable[1..] : variable;
        if (name.StartsWith('/'))
        {
            return Read(name);
        }

        return Find(name) ?? (variable.StartsWith(':') || PosixZone.Parse(name) is not { } rule ? null : ZoneRules.FromRule(rule));
    }
}
