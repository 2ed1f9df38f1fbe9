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

    public bool IsFirst => index == 0;

    public bool HasNext => index + 1 < commands.Count;

    public CommandCursor Next() => new(commands, index + 1);

    public static CommandCursor? First(IReadOnlyList<ExecCommand> commands) =>
        commands.Count > 0 ? new CommandCursor(commands, 0) : null;

    /// <summary>
    /// The same command in a list that was read anew. Where it is gone, nothing follows it: what was removed from
    /// the file must not bring commands to run that were meant to come after it.
    /// </summary>
    public CommandCursor MovedTo(IReadOnlyList<ExecCommand> fresh)
    {
        // The same command may stand in the list more than once: its own place comes first.
        if (index < fresh.Count && IsSame(fresh[index]))
        {
            return Take(fresh, index);
        }

        for (var i = 0; i < fresh.Count; i++)
        {
            if (IsSame(fresh[i]))
            {
                return Take(fresh, i);
            }
        }

        return new CommandCursor([Current], 0);
    }

    private bool IsSame(ExecCommand command) => command.Path == Current.Path && command.Argv.AsSpan().SequenceEqual(Current.Argv);

    /// <summary>What is known of the run goes with it.</summary>
    private CommandCursor Take(IReadOnlyList<ExecCommand> fresh, int at)
    {
        fresh[at].Status.CopyFrom(Current.Status);
        return new CommandCursor(fresh, at);
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
