namespace Trasgo.UnitFiles.Values;

/// <summary>Where the zones of the tz database come from: files, which this project does not read itself, or a test.</summary>
internal interface ITimeZones
{
    /// <summary>The zone of this host, as it is now: $TZ, or /etc/localtime.</summary>
    ZoneRules Local { get; }

    /// <summary>Null where there is no such zone.</summary>
    ZoneRules? Find(string name);
}

/// <summary>A host without a tz database: UTC is all there is.</summary>
internal sealed class NoTimeZones : ITimeZones
{
    public static readonly NoTimeZones Instance = new();

    public ZoneRules Local => ZoneRules.Utc;

    public ZoneRules? Find(string name) => name == "UTC" ? ZoneRules.Utc : null;
}

/// <summary>Takes every name for a zone: what a client sends is looked up when it is read, not before.</summary>
internal sealed class AnyTimeZone : ITimeZones
{
    public static readonly AnyTimeZone Instance = new();

    public ZoneRules Local => ZoneRules.Utc;

    public ZoneRules? Find(string name) => ZoneRules.Utc;
}
