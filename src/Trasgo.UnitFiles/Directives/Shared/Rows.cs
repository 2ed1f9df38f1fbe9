using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Short forms for the rows of one section's table.</summary>
internal sealed class Rows<TConfig>(string section)
{
    public string Section { get; } = section;

    public BusFlags Flags { get; init; } = BusFlags.Const | BusFlags.Transient;

    public FieldDirective<TConfig, T> Of<T>(
        string name,
        ValueKind<T> kind,
        Field<TConfig, T> field,
        string? bus = null,
        Enforcement? enforcement = null,
        BusFlags? flags = null,
        string? good = null,
        string? bad = null,
        Action<TConfig, IValueWriter>? show = null) => new(Section, name, kind, field)
        {
            BusName = bus ?? name,
            BusFlags = flags ?? Flags,
            Enforcement = enforcement ?? Enforcement.Enforced,
            GoodSample = good,
            BadSample = bad,
            Show = show,
        };

    public ViewDirective<TConfig> View(
        string bus, string signature, Action<TConfig, IValueWriter> write, BusFlags? flags = null, BusSetter? set = null) =>
        new(Section, bus, signature, write)
        {
            BusFlags = flags ?? Flags,
            SetBy = set,
        };

    /// <summary>A name that only clients who set properties know.</summary>
    public ViewDirective<TConfig> Setter(string bus, string signature, Func<IValueReader, string, List<Setting>, bool> read) =>
        new(Section, bus, signature, static (_, _) => { })
        {
            BusFlags = BusFlags.WriteOnly | (Flags & (BusFlags.Transient | BusFlags.Runtime)),
            SetBy = new BusSetter(signature, read),
        };

    public AliasDirective<TConfig> Alias(string name, Directive<TConfig> target, string? warning = null) => new(name, target) { Warning = warning };

    public ObsoleteDirective<TConfig> Obsolete(string name, Enforcement? enforcement = null) => new(Section, name, enforcement);
}
