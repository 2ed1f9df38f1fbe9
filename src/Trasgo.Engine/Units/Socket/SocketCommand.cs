using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>What a control process of a socket does: a list of commands, or the change of owner of what was opened.</summary>
internal enum SocketCommand
{
    None,
    StartPre,
    StartChown,
    StartPost,
    StopPre,
    StopPost,
}

internal static class SocketCommands
{
    /// <summary>The word for it in messages: "Failed to run 'start-pre' task".</summary>
    public static string Task(this SocketCommand command) => command switch
    {
        SocketCommand.StartPre => "start-pre",
        SocketCommand.StartChown => "start-chown",
        SocketCommand.StartPost => "start-post",
        SocketCommand.StopPre => "stop-pre",
        SocketCommand.StopPost => "stop-post",
        _ => "next",
    };

    public static IReadOnlyList<ExecCommand> Of(SocketConfig config, SocketCommand command) => command switch
    {
        SocketCommand.StartPre => config.ExecStartPre,
        SocketCommand.StartPost => config.ExecStartPost,
        SocketCommand.StopPre => config.ExecStopPre,
        SocketCommand.StopPost => config.ExecStopPost,
        _ => [],
    };
}
