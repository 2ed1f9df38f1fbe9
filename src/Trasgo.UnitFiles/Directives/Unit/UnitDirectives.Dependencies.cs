using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Requires=, After= and the like: names that add up and that no empty assignment takes back.</summary>
internal static partial class UnitDirectives
{
    private static readonly (UnitDependency Kind, bool Writable)[] s_dependencies =
    [
        (UnitDependency.Requires, true), (UnitDependency.Requisite, true), (UnitDependency.Wants, true), (UnitDependency.BindsTo, true),
        (UnitDependency.PartOf, true), (UnitDependency.Upholds, true), (UnitDependency.RequiredBy, false),
        (UnitDependency.RequisiteOf, false), (UnitDependency.WantedBy, false), (UnitDependency.BoundBy, false),
        (UnitDependency.UpheldBy, false), (UnitDependency.ConsistsOf, false), (UnitDependency.Conflicts, true),
        (UnitDependency.ConflictedBy, false), (UnitDependency.Before, true), (UnitDependency.After, true),
        (UnitDependency.OnSuccess, true), (UnitDependency.OnSuccessOf, false), (UnitDependency.OnFailure, true),
        (UnitDependency.OnFailureOf, false), (UnitDependency.Triggers, false), (UnitDependency.TriggeredBy, false),
        (UnitDependency.PropagatesReloadTo, true), (UnitDependency.ReloadPropagatedFrom, true), (UnitDependency.PropagatesStopTo, true),
        (UnitDependency.StopPropagatedFrom, true), (UnitDependency.JoinsNamespaceOf, true), (UnitDependency.SliceOf, false),
    ];

    private static readonly ListKind s_mountPaths = new("PATH ...", "/srv /var//lib", "relative", ExtractFlags.Unquote)
    {
        Item = static (word, context) => context.ExpandPath(word, out var path) && context.SimplifyPath(ref path) ? path : null,
        Add = static (list, path) =>
        {
            if (!list.Contains(path, StringComparer.Ordinal))
            {
                list.Add(path);
            }
        },
        EmptyKeeps = true,
        IsValid = static path => Paths.Check(path, PathForm.Absolute, out _) is null,
    };

    private static readonly (string Name, UnitDependency Kind)[] s_aliases =
    [
        ("BindTo", UnitDependency.BindsTo), ("PropagateReloadTo", UnitDependency.PropagatesReloadTo),
        ("PropagateReloadFrom", UnitDependency.ReloadPropagatedFrom),
    ];

    private static List<Directive<UnitConfig>> DependencyRows()
    {
        var rows = new List<Directive<UnitConfig>>();
        foreach (var (kind, writable) in s_dependencies)
        {
            rows.Add(writable
                ? Dependency(UnitDependencies.Names.Name(kind), kind)
                : s_rows.View(UnitDependencies.Names.Name(kind), "as", (c, writer) => WriteDependencies(c, kind, writer), BusFlags.Const));
        }

        foreach (var (name, kind) in s_aliases)
        {
            rows.Add(new AliasDirective<UnitConfig>(name, Dependency(UnitDependencies.Names.Name(kind), kind)));
        }

        rows.Add(ObsoleteDependency("RequiresOverridable", UnitDependency.Requires));
        rows.Add(ObsoleteDependency("RequisiteOverridable", UnitDependency.Requisite));
        rows.Add(s_rows.View("RequiredByOverridable", "as", static (_, writer) => BusLists.Write(writer, Array.Empty<string>()), BusFlags.Hidden));
        rows.Add(s_rows.View("RequisiteOfOverridable", "as", static (_, writer) => BusLists.Write(writer, Array.Empty<string>()), BusFlags.Hidden));
        return rows;
    }

    private static CustomDirective<UnitConfig> Dependency(string name, UnitDependency kind) => new(Section, name, "as", "UNIT ...")
    {
        Parser = (c, text, context) => ParseDependencies(c, kind, text, context),
        Writer = (c, writer) => WriteDependencies(c, kind, writer),
        Formatter = (c, texts) => texts.AddRange(c.Dependencies.Where(d => d.Kind == kind).Select(static d => Escape(d.UnitName))),
        Reader = static (reader, texts) =>
        {
            var names = BusLists.Strings(reader);
            texts.AddRange(names.Select(Escape));
            return names.TrueForAll(static name => UnitName.IsValid(name, UnitNameFlags.Plain | UnitNameFlags.Instance));
        },
        Enforcement = kind == UnitDependency.JoinsNamespaceOf ? Enforcement.Sandboxing : Enforcement.Enforced,
        GoodSample = "a.service b@1.socket",
        BadSample = "no-suffix",
    };

    private static AliasDirective<UnitConfig> ObsoleteDependency(string name, UnitDependency kind) =>
        new(name, Dependency(UnitDependencies.Names.Name(kind), kind))
        {
            Warning = $"{name}= is obsolete, taking it as {UnitDependencies.Names.Name(kind)}=.",
            BusName = name,
            BusFlags = BusFlags.Hidden,
        };

    private static string Escape(string unitName) => WordText.EscapeSpecifiers(unitName);

    private static void WriteDependencies(UnitConfig config, UnitDependency kind, IValueWriter writer) =>
        BusLists.Write(writer, config.Dependencies.Where(d => d.Kind == kind).Select(static d => d.UnitName));

    private static void ParseDependencies(UnitConfig config, UnitDependency kind, string text, ParseContext context)
    {
        if (Quoting.SplitWords(text, ExtractFlags.RetainEscape) is not { } words)
        {
            context.Ignore("has invalid quoting", text);
            return;
        }

        foreach (var word in words)
        {
            if (!context.ExpandUnitName(word, out var name))
            {
                continue;
            }

            if (IsEndless(context.Unit, name, word))
            {
                context.Report(Severity.Debug, $"{context.Directive}={word} would instantiate the template without end, dropped.");
                continue;
            }

            var dependency = new Dependency(kind, name);
            if (!config.Dependencies.Contains(dependency))
            {
                config.Dependencies.Add(dependency);
            }
        }
    }

    /// <summary>
    /// A template that depends on itself with an instance made of more than its own instance ("a@%n.service" in
    /// a@.service) would pull in ever longer names.
    /// </summary>
    private static bool IsEndless(UnitName? unit, string name, string format) =>
        unit is not null && UnitName.TryParse(name, UnitNameFlags.Instance, out var other) && other.Type == unit.Type
        && other.PrefixEquals(unit) && HoldsMoreThanInstance(format);

    private static bool HoldsMoreThanInstance(string format)
    {
        var at = format.IndexOf('@', StringComparison.Ordinal);
        var dot = format.LastIndexOf('.');
        if (at < 0 || dot <= at)
        {
            return false;
        }

        var instance = format.AsSpan(at + 1, dot - at - 1);
        if (instance is "%i")
        {
            return false;
        }

        var percent = false;
        foreach (var c in instance)
        {
            if (percent && c is 'n' or 'N' or 'i')
            {
                return true;
            }

            percent = c == '%' && !percent;
        }

        return false;
    }
}
