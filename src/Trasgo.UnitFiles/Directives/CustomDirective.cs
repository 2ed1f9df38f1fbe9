using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>A row whose value has rules of its own, or shares a field with other rows.</summary>
internal sealed class CustomDirective<TConfig>(string section, string name, string signature, string syntax)
    : Directive<TConfig>(section, name)
{
    private readonly string? _setSignature;

    public required Action<TConfig, string, ParseContext> Parser { get; init; }

    public Action<TConfig, IValueWriter>? Writer { get; init; }

    /// <summary>The texts that make the value; a reset first, for lists.</summary>
    public Action<TConfig, List<string>>? Formatter { get; init; }

    public Func<IValueReader, List<string>, bool>? Reader { get; init; }

    public string? GoodSample { get; init; }

    public string? BadSample { get; init; }

    public override string BusSignature { get; } = signature;

    public override string SetSignature => _setSignature ?? BusSignature;

    public string SetBy
    {
        init => _setSignature = value;
    }

    public override string Syntax { get; } = syntax;

    public override string? Good => GoodSample;

    public override string? Bad => BadSample;

    public override void Parse(TConfig config, string text, ParseContext context) => Parser(config, text, context);

    public override void WriteBus(TConfig config, IValueWriter writer) => Writer?.Invoke(config, writer);

    public override bool FromBus(IValueReader reader, List<Setting> settings)
    {
        var texts = new List<string>();
        if (Reader is null || !string.Equals(reader.Signature, SetSignature, StringComparison.Ordinal) || !Reader(reader, texts))
        {
            return false;
        }

        Add(texts, settings);
        return true;
    }

    public override void Format(TConfig config, List<Setting> settings)
    {
        var texts = new List<string>();
        Formatter?.Invoke(config, texts);
        Add(texts, settings);
    }

    private void Add(List<string> texts, List<Setting> settings)
    {
        foreach (var text in texts)
        {
            settings.Add(new Setting(Section, Name, text));
        }
    }
}
