using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>A name that systemd still knows, only to say that it means nothing any more.</summary>
internal sealed class ObsoleteDirective<TConfig> : Directive<TConfig>
{
    public ObsoleteDirective(string section, string name, Enforcement? enforcement = null)
        : base(section, name)
    {
        BusName = "";
        Enforcement = enforcement ?? Enforcement.Obsolete;
    }

    public override string BusSignature => "";

    public override string Syntax => "STRING";

    public override string? Good => null;

    public override string? Bad => null;

    public override void Parse(TConfig config, string text, ParseContext context) =>
        context.Warn($"{Name}= in section [{Section}] is not supported any more, ignoring.");

    public override void WriteBus(TConfig config, IValueWriter writer)
    {
    }

    public override void Format(TConfig config, List<Setting> settings)
    {
    }
}
