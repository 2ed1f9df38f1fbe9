using Trasgo.UnitFiles.Directives;

namespace Trasgo.UnitFiles.Values;

/// <summary>Exec*= lines: commands that add up until an empty assignment.</summary>
internal sealed class ExecCommandsKind() : ValueKind<List<ExecCommand>>("a(sasbttttuii)", "COMMAND")
{
    public const string ExSignature = "a(sasasttttuii)";
    public const string SetExSignature = "a(sasas)";

    public override string SetSignature => "a(sasb)";

    public override string Good => "-/bin/echo \"one two\" $HOME ; @/bin/true yes";

    public override string? Bad => "/bin/directory/";

    public override void Parse(string text, ref List<ExecCommand> value, ParseContext context)
    {
        if (text.Length == 0)
        {
            value.Clear();
        }
        else
        {
            new CommandLine(text, context).Parse(value);
        }
    }

    public override void Write(List<ExecCommand> value, IValueWriter writer)
    {
        writer.BeginArray("(sasbttttuii)");
        foreach (var command in value)
        {
            writer.BeginStruct();
            WriteWords(command, writer);
            writer.Boolean(command.IgnoreFailure);
            WriteStatus(command.Status, writer);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    public static void WriteEx(List<ExecCommand> value, IValueWriter writer)
    {
        writer.BeginArray("(sasasttttuii)");
        foreach (var command in value)
        {
            writer.BeginStruct();
            WriteWords(command, writer);
            writer.BeginArray("s");
            foreach (var name in CommandLine.FlagNames(command.Flags))
            {
                writer.String(name);
            }

            writer.EndArray();
            WriteStatus(command.Status, writer);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    public override void Format(List<ExecCommand> value, List<string> texts)
    {
        texts.Add("");
        foreach (var command in value)
        {
            texts.Add(CommandLine.Format(command));
        }
    }

    public override bool Read(IValueReader reader, List<string> texts) => ReadCommands(reader, texts, ex: false);

    /// <summary>What clients send: path, arguments, and whether failure is ignored or the names of flags.</summary>
    public static bool ReadCommands(IValueReader reader, List<string> texts, bool ex)
    {
        if (!reader.EnterArray(ex ? "(sasas)" : "(sasb)"))
        {
            return false;
        }

        // The list replaces what the unit had, as systemd writes it down.
        texts.Add("");
        while (reader.More())
        {
            reader.EnterStruct();
            var path = reader.String();
            var argv = BusLists.Strings(reader);
            var flags = ExecCommandFlags.None;
            var sound = true;
            if (ex)
            {
                sound = ReadFlags(reader, ref flags);
            }
            else if (reader.Boolean())
            {
                flags = ExecCommandFlags.IgnoreFailure;
            }

            reader.LeaveStruct();
            if (!sound || argv.Count == 0 || !(path.StartsWith('/') || Paths.IsFileName(path))
                || !NameRules.IsSafeString(path))
            {
                return false;
            }

            texts.Add(CommandLine.Format(new ExecCommand(path, [.. argv], flags)));
        }

        reader.LeaveArray();
        return true;
    }

    private static bool ReadFlags(IValueReader reader, ref ExecCommandFlags flags)
    {
        var sound = true;
        foreach (var name in BusLists.Strings(reader))
        {
            sound &= CommandLine.TryFlag(name, ref flags);
        }

        return sound;
    }

    private static void WriteWords(ExecCommand command, IValueWriter writer)
    {
        writer.String(command.Path);
        BusLists.Write(writer, command.Argv);
    }

    private static void WriteStatus(ExecStatus status, IValueWriter writer)
    {
        writer.UInt64(status.StartRealtime);
        writer.UInt64(status.StartMonotonic);
        writer.UInt64(status.ExitRealtime);
        writer.UInt64(status.ExitMonotonic);
        writer.UInt32((uint)status.Pid);
        writer.Int32(status.Code);
        writer.Int32(status.Status);
    }
}
