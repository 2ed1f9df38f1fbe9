using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>The lists of commands of a service, by the directive they come from.</summary>
internal enum ServiceCommand
{
    None,
    Condition,
    StartPre,
    Start,
    StartPost,
    Reload,
    Stop,
    StopPost,
}

internal static class ServiceCommandNames
{
    /// <summary>The word for it in messages: "Failed to run 'start-pre' task".</summary>
    public static string Task(this ServiceCommand command) => command switch
    {
        ServiceCommand.Condition => "exec-condition",
        ServiceCommand.StartPre => "start-pre",
        ServiceCommand.Start => "start",
        ServiceCommand.StartPost => "start-post",
        ServiceCommand.Reload => "reload",
        ServiceCommand.Stop => "stop",
        ServiceCommand.StopPost => "stop-post",
        _ => "next",
    };
}

/// <summary>
/// A place in a list of commands. It holds on to the list it was taken from, so that a reload of the configuration does
/// not change what runs next half way through (<see cref="MovedTo"/>).
/// </summary>
internal sealed class CommandCursor(IReadOnlyList<ExecCommand> commands, int index)
{
    public ExecCommand Current => commands[index];

    public int Index => index;

    public bool IsFirst => index == 0;

    public bool HasNext => index + 1 < commands.Count;

    public CommandCursor Next() => new(commands, index + 1);

    public static CommandCursor? First(IReadOnlyList<ExecCommand> commands) =>
        commands.Count > 0 ? new CommandCursor(commands, 0) : null;

    /// <summary>
    /// The same command in a list that was read anew. Where it is gone, nothing follows it: what was removed from
    /// the file must not bring commands to run that were meant to come after it.
    /// </summary>
    public CommandCursor MovedTo(IReadOnlyList<ExecCommand> fresh) => Of(Current, index, fresh);

    /// <summary>The place in the list of a command that was the one of that number; what is known of its run goes with it.</summary>
    public static CommandCursor Of(ExecCommand command, int index, IReadOnlyList<ExecCommand> list)
    {
        if (FindIn(list, command, index) is not { } at)
        {
            return new CommandCursor([command], 0);
        }

        list[at].Status.CopyFrom(command.Status);
        return new CommandCursor(list, at);
    }

    /// <summary>The same command may stand in the list more than once: its own place comes first.</summary>
    private static int? FindIn(IReadOnlyList<ExecCommand> list, ExecCommand command, int index)
    {
        if (index < list.Count && list[index].IsSameAs(command))
        {
            return index;
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].IsSameAs(command))
            {
                return i;
            }
        }

        return null;
    }
}

/// <summary>Which commands of a service are being run.</summary>
internal sealed class ServiceCommands
{
    public CommandCursor? Main { get; set; }

    public CommandCursor? Control { get; private set; }

    public ServiceCommand ControlKind { get; private set; }

    public void SetControl(ServiceCommand kind, CommandCursor cursor)
    {
        ControlKind = kind;
        Control = cursor;
    }

    public void ClearControl()
    {
        ControlKind = ServiceCommand.None;
        Control = null;
    }
}
