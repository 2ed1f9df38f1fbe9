using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The usual row: a kind of value and the field that holds it.</summary>
internal sealed class FieldDirective<TConfig, T>(string section, string name, ValueKind<T> kind, Field<TConfig, T> field)
    : Directive<TConfig>(section, name)
{
    /// <summary>For kinds whose sample is not a change or not an error in this row.</summary>
    public string? GoodSample { get; init; }

    public string? BadSample { get; init; }

    /// <summary>Shows something else than the field, as the manager's own limit where the unit has none.</summary>
    public Action<TConfig, IValueWriter>? Show { get; init; }

    public override string BusSignature => kind.Signature;

    public override string SetSignature => kind.SetSignature;

    public override string Syntax => kind.Syntax;

    public override string? Good => GoodSample ?? kind.Good;

    public override string? Bad => BadSample ?? kind.Bad;

    public override void Parse(TConfig config, string text, ParseContext context) => kind.Parse(text, ref field(config), context);

    public override void WriteBus(TConfig config, IValueWriter writer)
    {
        if (Show is not null)
        {
            Show(config, writer);
        }
        else
        {
            kind.Write(field(config), writer);
        }
    }

    public override bool FromBus(IValueReader reader, List<Setting> settings)
    {
        var texts = new List<string>();
        if (!string.Equals(reader.Signature, SetSignature, StringComparison.Ordinal) || !kind.Read(reader, texts))
        {
            return false;
        }

        foreach (var text in texts)
        {
            settings.Add(new Setting(Section, Name, text));
        }

        return true;
    }

    public override void Format(TConfig config, List<Setting> settings)
    {
        var texts = new List<string>();
        kind.Format(field(config), texts);
        foreach (var text in texts)
        {
            settings.Add(new Setting(Section, Name, text));
        }
    }
}
