using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>A row of a shared section (exec, kill, resource control) as part of a unit type's table.</summary>
/// <param name="section">The section of the unit type.</param>
/// <param name="inner">The row.</param>
/// <param name="select">Where the settings are read.</param>
/// <param name="own">Where they are written: units that leave all of them at the defaults may share those.</param>
internal sealed class LiftedDirective<TOuter, TInner>(string section, Directive<TInner> inner, Func<TOuter, TInner> select, Func<TOuter, TInner> own)
    : Directive<TOuter>(section, inner.Name)
{
    public override string BusSignature => inner.BusSignature;

    public override string SetSignature => inner.SetSignature;

    public override string Syntax => inner.Syntax;

    public override string? Good => inner.Good;

    public override string? Bad => inner.Bad;

    public static Directive<TOuter>[] Lift(string section, IReadOnlyList<Directive<TInner>> rows, Func<TOuter, TInner> select, Func<TOuter, TInner>? own = null)
    {
        var lifted = new Directive<TOuter>[rows.Count];
        for (var i = 0; i < lifted.Length; i++)
        {
            lifted[i] = new LiftedDirective<TOuter, TInner>(section, rows[i], select, own ?? select)
            {
                BusName = rows[i].BusName,
                BusFlags = rows[i].BusFlags,
                Enforcement = rows[i].Enforcement,
            };
        }

        return lifted;
    }

    public override void Parse(TOuter config, string text, ParseContext context) => inner.Parse(own(config), text, context);

    public override void WriteBus(TOuter config, IValueWriter writer) => inner.WriteBus(select(config), writer);

    public override bool FromBus(IValueReader reader, List<Setting> settings)
    {
        var first = settings.Count;
        if (!inner.FromBus(reader, settings))
        {
            return false;
        }

        Relabel(settings, first);
        return true;
    }

    public override void Format(TOuter config, List<Setting> settings)
    {
        var first = settings.Count;
        inner.Format(select(config), settings);
        Relabel(settings, first);
    }

    private void Relabel(List<Setting> settings, int first)
    {
        for (var i = first; i < settings.Count; i++)
        {
            settings[i] = settings[i] with { Section = Section };
        }
    }
}
