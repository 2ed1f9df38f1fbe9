using Trasgo.Bus.Wire;
using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.Cli.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Commands.Run;

/// <summary>
/// The properties of one unit in a call of StartTransientUnit. The first text that cannot be sent is reported, and then <see cref="IsGood"/>
/// is false and the call must not be made.
/// </summary>
internal sealed class TransientProperties(UnitName unit, MessageWriter writer, CommandOutput output)
{
    internal bool IsGood { get; private set; } = true;

    internal void Add(string name, string signature, object value)
    {
        writer.BeginStruct();
        BusArguments.Write(writer, "sv", [name, (signature, value)]);
        writer.EndStruct();
    }

    internal void Add(string name, Descriptor descriptor)
    {
        writer.BeginStruct();
        writer.String(name);
        writer.BeginVariant("h");
        writer.Descriptor(descriptor);
        writer.EndVariant();
        writer.EndStruct();
    }

    /// <summary>The command as it was typed: nothing in it is expanded but variables.</summary>
    internal void AddCommand(string[] argv)
    {
        writer.BeginStruct();
        writer.String("ExecStart");
        writer.BeginVariant("a(sasb)");
        writer.BeginArray("(sasb)");
        writer.BeginStruct();
        writer.String(argv[0]);
        writer.StringArray(argv);
        writer.Boolean(false);
        writer.EndStruct();
        writer.EndArray();
        writer.EndVariant();
        writer.EndStruct();
    }

    /// <summary>The process that a scope begins with.</summary>
    internal void AddProcess(uint pid)
    {
        writer.BeginStruct();
        writer.String("PIDs");
        writer.BeginVariant("au");
        writer.BeginArray("u");
        writer.UInt32(pid);
        writer.EndArray();
        writer.EndVariant();
        writer.EndStruct();
    }

    /// <summary>NAME=VALUE as in a unit file.</summary>
    internal void AddAssignments(IEnumerable<string> assignments)
    {
        foreach (var assignment in assignments)
        {
            IsGood = IsGood && Append(assignment);
        }
    }

    private bool Append(string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            output.Error($"Not an assignment: {assignment}");
            return false;
        }

        var diagnostics = new DiagnosticList();
        var parse = new ParseContext(unit, specifiers: null, diagnostics);
        var known = UnitLanguage.Of(unit.Type).WriteProperty(assignment[..equals], assignment[(equals + 1)..], parse, writer);
        if (!known)
        {
            output.Error($"Unknown assignment: {assignment}");
        }
        else if (diagnostics.Items.Count > 0)
        {
            output.Error($"Failed to parse {assignment}: {ErrnoNames.Message(Errno.EINVAL)}");
        }

        return known && diagnostics.Items.Count == 0;
    }
}
