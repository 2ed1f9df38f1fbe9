using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// One row of a table: everything there is to know about one directive. A row may also be only a property (a view of
/// another row's value, with no name in files) or only a name in files (an alias).
/// </summary>
internal abstract class Directive<TConfig>(string section, string name)
{
    private readonly string? _busName;

    public string Section { get; } = section;

    /// <summary>The key in the unit file; empty for a row that is only a property.</summary>
    public string Name { get; } = name;

    /// <summary>The property; empty if the directive has none of its own.</summary>
    public string BusName
    {
        get => _busName ?? Name;
        init => _busName = value;
    }

    public abstract string BusSignature { get; }

    /// <summary>The signature in which clients set the value, where it differs from the one in which it is shown.</summary>
    public virtual string SetSignature => BusSignature;

    public BusFlags BusFlags { get; init; } = BusFlags.Const | BusFlags.Transient;

    public bool IsOnBus => BusName.Length > 0;

    public bool IsShown => IsOnBus && (BusFlags & (BusFlags.Hidden | BusFlags.WriteOnly)) == BusFlags.None;

    public Enforcement Enforcement { get; set; } = Enforcement.Enforced;

    /// <summary>What the value looks like, for the documentation.</summary>
    public abstract string Syntax { get; }

    /// <summary>A text that changes the value; null for a row without a name.</summary>
    public abstract string? Good { get; }

    /// <summary>A text that is refused; null where any text is fine.</summary>
    public abstract string? Bad { get; }

    public abstract void Parse(TConfig config, string text, ParseContext context);

    public abstract void WriteBus(TConfig config, IValueWriter writer);

    /// <summary>
    /// What a client sent (set-property, StartTransientUnit), as lines for a drop-in that then go through Parse, so that
    /// there is one path. False if the value has another signature, is invalid, or cannot be set.
    /// </summary>
    public virtual bool FromBus(IValueReader reader, List<Setting> settings) => false;

    /// <summary>Lines that make the value from any other: lists begin with a reset.</summary>
    public abstract void Format(TConfig config, List<Setting> settings);

    public override string ToString() => $"[{Section}] {Name}=";
}
