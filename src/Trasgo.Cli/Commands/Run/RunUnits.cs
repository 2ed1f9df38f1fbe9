using Trasgo.Bus.Wire;
using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.Linux;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Run;

/// <summary>What the options come to, as the properties of the units that are made of them.</summary>
internal sealed class RunUnits(RunOptions options, CommandOutput output)
{
    /// <summary>The terminal that the service shall have, opened, and its path.</summary>
    internal (Descriptor Descriptor, string Path)? Terminal { get; set; }

    /// <summary>Ours, for --pipe.</summary>
    internal Descriptor[] Streams { get; set; } = [];

    internal bool WriteService(UnitName unit, MessageWriter writer)
    {
        writer.BeginArray("(sv)");
        var properties = new TransientProperties(unit, writer, output);
        AddCommon(properties, options.Properties);
        AddKillAndSlice(properties);
        AddIf(properties, "RemainAfterExit", options.RemainAfterExit);
        AddIf(properties, "Type", options.ServiceType);
        AddIf(properties, "User", options.ExecUser);
        AddIf(properties, "Group", options.ExecGroup);
        if (options.Nice is { } nice)
        {
            properties.Add("Nice", "i", nice);
        }

        AddIf(properties, "WorkingDirectory", options.WorkingDirectory);
        AddStreams(properties);
        if (options.Environment.Count > 0)
        {
            properties.Add("Environment", "as", options.Environment);
        }

        if (options.Command.Length > 0)
        {
            properties.AddCommand(options.Command);
        }

        writer.EndArray();
        return properties.IsGood;
    }

    internal bool WriteScope(UnitName unit, MessageWriter writer)
    {
        writer.BeginArray("(sv)");
        var properties = new TransientProperties(unit, writer, output);
        AddCommon(properties, options.Properties);
        AddKillAndSlice(properties);
        properties.AddProcess((uint)Environment.ProcessId);
        writer.EndArray();
        return properties.IsGood;
    }

    /// <summary>What starts the service: a timer goes when it has done so.</summary>
    internal bool WriteTrigger(UnitName unit, MessageWriter writer)
    {
        writer.BeginArray("(sv)");
        var properties = new TransientProperties(unit, writer, output);
        AddCommon(properties, unit.Type switch
        {
            UnitType.Path => options.PathProperties,
            UnitType.Socket => options.SocketProperties,
            _ => options.TimerProperties,
        });
        if (unit.Type == UnitType.Timer)
        {
            properties.Add("RemainAfterElapse", "b", false);
        }

        writer.EndArray();
        return properties.IsGood;
    }

    private void AddCommon(TransientProperties properties, IReadOnlyList<string> assignments)
    {
        properties.Add("Description", "s", options.Description ?? Describe());
        if (options.Collect)
        {
            properties.Add("CollectMode", "s", "inactive-or-failed");
        }

        // The unit and its result stay as long as we are connected.
        properties.Add("AddRef", "b", true);
        properties.AddAssignments(assignments);
    }

    private string Describe()
    {
        var command = string.Join(' ', options.Command);
        return command.Length > 0 ? command : options.Unit ?? "";
    }

    private void AddKillAndSlice(TransientProperties properties)
    {
        AddIf(properties, "SendSIGHUP", options.SendSigHup);
        if (RunNames.Slice(options, output) is { } slice)
        {
            properties.Add("Slice", "s", slice);
        }
    }

    private void AddStreams(TransientProperties properties)
    {
        Descriptor[] streams = Terminal is var (terminal, path) ? [terminal, terminal, terminal] : Streams;
        if (streams.Length == 0)
        {
            return;
        }

        properties.Add("StandardInputFileDescriptor", streams[0]);
        properties.Add("StandardOutputFileDescriptor", streams[1]);
        properties.Add("StandardErrorFileDescriptor", streams[2]);
        if (Terminal is { Path: var place })
        {
            properties.Add("TTYPath", "s", place);
        }

        var shown = Terminal is not null || Array.Exists(streams, Linux.Terminal.IsTerminal);
        if (shown && Environment.GetEnvironmentVariable("TERM") is { } kind)
        {
            properties.Add("Environment", "as", (string[])["TERM=" + kind]);
        }
    }

    private static void AddIf(TransientProperties properties, string name, bool value)
    {
        if (value)
        {
            properties.Add(name, "b", true);
        }
    }

    private static void AddIf(TransientProperties properties, string name, string? value)
    {
        if (value is not null)
        {
            properties.Add(name, "s", value);
        }
    }
}
