namespace Trasgo.UnitFiles.Values;

/// <summary>
/// One Condition*= or Assert*= line. <see cref="Type"/> is the word after Condition or Assert ("PathExists"). The engine
/// leaves the outcome of its last test in <see cref="Result"/>, which `systemctl show` prints.
/// </summary>
internal sealed class Condition(string type, string parameter, bool trigger, bool negate)
{
    public string Type { get; } = type;

    public string Parameter { get; } = parameter;

    /// <summary>"|": one of the triggering conditions must hold, all others must hold each.</summary>
    public bool Trigger { get; } = trigger;

    /// <summary>"!"</summary>
    public bool Negate { get; } = negate;

    /// <summary>0 untested, 1 succeeded, -1 failed, as the bus has it.</summary>
    public int Result { get; set; }
}
