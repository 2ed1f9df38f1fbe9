using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>A property without a directive of its own: another side of a value that some other row reads.</summary>
internal sealed class ViewDirective<TConfig> : Directive<TConfig>
{
    private readonly Action<TConfig, IValueWriter> _write;

    public ViewDirective(string section, string busName, string signature, Action<TConfig, IValueWriter> write)
        : base(section, "")
    {
        BusName = busName;
        BusSignature = signature;
        _write = write;
    }

    public override string BusSignature { get; }

    public override string SetSignature => SetBy?.Signature ?? "";

    /// <summary>How clients set the value by this name, if they may.</summary>
    public BusSetter? SetBy { get; init; }

    public override string Syntax => "";

    public override string? Good => null;

    public override string? Bad => null;

    public override void Parse(TConfig config, string text, ParseContext context)
    {
    }

    public override void WriteBus(TConfig config, IValueWriter writer) => _write(config, writer);

    public override bool FromBus(IValueReader reader, List<Setting> settings) =>
        SetBy is not null && string.Equals(reader.Signature, SetBy.Signature, StringComparison.Ordinal) && SetBy.Read(reader, Section, settings);

    public override void Format(TConfig config, List<Setting> settings)
    {
    }
}
