using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Another name in unit files for a row; it may also be a hidden property.</summary>
internal sealed class AliasDirective<TConfig> : Directive<TConfig>
{
    private readonly Directive<TConfig> _target;

    public AliasDirective(string name, Directive<TConfig> target)
        : base(target.Section, name)
    {
        _target = target;
        BusName = "";
        Enforcement = target.Enforcement;
    }

    /// <summary>Said whenever the alias is used; null if it is not frowned upon.</summary>
    public string? Warning { get; init; }

    public override string BusSignature => _target.BusSignature;

    public override string Syntax => _target.Syntax;

    public override string? Good => _target.Good;

    public override string? Bad => _target.Bad;

    public override void Parse(TConfig config, string text, ParseContext context)
    {
        if (Warning is not null)
        {
            context.Warn(Warning);
        }

        _target.Parse(config, text, context);
    }

    public override void WriteBus(TConfig config, IValueWriter writer) => _target.WriteBus(config, writer);

    /// <summary>The value is written under its own name.</summary>
    public override void Format(TConfig config, List<Setting> settings)
    {
    }
}
