using Trasgo.Bus.Wire;
using Trasgo.Manager.Bus;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Units;

/// <summary>What a client needs of a directive: where it stands and whether it has its effect.</summary>
internal readonly record struct DirectiveInfo(string Section, string Name, Enforcement Enforcement);

/// <summary>
/// The directive tables of one unit type, [Unit] and its own, without their configuration types: for commands that treat all
/// types alike.
/// </summary>
internal abstract class UnitLanguage
{
    /// <summary>For one unit; what is read into it adds up.</summary>
    internal static UnitLanguage Of(UnitType type, ManagerDefaults? defaults = null)
    {
        var unit = new UnitConfig(type, defaults);
        return type switch
        {
            UnitType.Service => Join(unit, ServiceDirectives.Table, new ServiceConfig(unit, defaults)),
            UnitType.Socket => Join(unit, SocketDirectives.Table, new SocketConfig(unit, defaults)),
            UnitType.Timer => Join(unit, TimerDirectives.Table, new TimerConfig(unit, defaults)),
            UnitType.Path => Join(unit, PathDirectives.Table, new PathConfig(unit)),
            UnitType.Mount => Join(unit, MountDirectives.Table, new MountConfig(unit, defaults)),
            UnitType.Automount => Join(unit, AutomountDirectives.Table, new AutomountConfig(unit)),
            UnitType.Swap => Join(unit, SwapDirectives.Table, new SwapConfig(unit, defaults)),
            UnitType.Slice => Join(unit, SliceDirectives.Table, new SliceConfig(unit, defaults)),
            UnitType.Scope => Join(unit, ScopeDirectives.Table, new ScopeConfig(unit, defaults)),
            _ => Join(unit, new DirectiveTable<UnitConfig>([]), unit),
        };
    }

    /// <summary>Reads an assignment into the configuration; null if no directive is called so.</summary>
    internal abstract DirectiveInfo? Apply(in Assignment assignment, ParseContext context);

    /// <summary>
    /// Writes what <c>NAME=text</c> means as a structure (sv), as set-property sends it. False if nothing is called so; what is
    /// wrong with the text is in the context's diagnostics.
    /// </summary>
    internal abstract bool WriteProperty(string name, string text, ParseContext context, MessageWriter writer);

    private static UnitLanguage<T> Join<T>(UnitConfig unit, DirectiveTable<T> table, T config) => new(unit, table, config);
}

internal sealed class UnitLanguage<TConfig>(UnitConfig unit, DirectiveTable<TConfig> table, TConfig config) : UnitLanguage
{
    internal TConfig Config => config;

    internal override DirectiveInfo? Apply(in Assignment assignment, ParseContext context)
    {
        if (table.Find(assignment.Section, assignment.Key) is { } row)
        {
            row.Parse(config, assignment.Value, context.At(assignment));
            return new DirectiveInfo(row.Section, row.Name, row.Enforcement);
        }

        if (UnitDirectives.Table.Find(assignment.Section, assignment.Key) is { } shared)
        {
            shared.Parse(unit, assignment.Value, context.At(assignment));
            return new DirectiveInfo(shared.Section, shared.Name, shared.Enforcement);
        }

        return null;
    }

    internal override bool WriteProperty(string name, string text, ParseContext context, MessageWriter writer) =>
        WriteProperty(table, config, name, text, context, writer)
        || WriteProperty(UnitDirectives.Table, unit, name, text, context, writer);

    private static bool WriteProperty<T>(
        DirectiveTable<T> rows, T target, string name, string text, ParseContext context, MessageWriter writer)
    {
        foreach (var row in rows.Rows)
        {
            if (row.Name != name || name.Length == 0)
            {
                continue;
            }

            if (ClientForms.TryWriteShare(name, text, writer))
            {
                return true;
            }

            var complaints = (context.Diagnostics as DiagnosticList)?.Items.Count ?? 0;
            row.Parse(target, text, context.At(row.Section, name, "", 0));
            if ((context.Diagnostics as DiagnosticList)?.Items.Count > complaints || ClientForms.TryWrite(name, text, row.IsOnBus, context, writer))
            {
                return true;
            }

            return Write(rows, row, target, writer);
        }

        return false;
    }

    /// <summary>As the property is shown, where that is how it is set; of a limit also the soft one, which has a property of its own.</summary>
    private static bool Write<T>(DirectiveTable<T> rows, Directive<T> row, T target, MessageWriter writer)
    {
        var shown = row.IsOnBus ? row : ClientForms.Shared(row.Name) is { } shared ? rows.FindBus(shared) : null;
        if (shown is null || shown.BusSignature != shown.SetSignature)
        {
            return false;
        }

        Write(shown, target, writer);
        if (row.Name.StartsWith("Limit", StringComparison.Ordinal) && rows.FindBus(row.Name + "Soft") is { } soft)
        {
            Write(soft, target, writer);
        }

        return true;
    }

    private static void Write<T>(Directive<T> row, T target, MessageWriter writer)
    {
        writer.BeginStruct();
        writer.String(row.BusName);
        writer.BeginVariant(row.BusSignature);
        row.WriteBus(target, DirectiveWriter.Over(writer));
        writer.EndVariant();
        writer.EndStruct();
    }
}
