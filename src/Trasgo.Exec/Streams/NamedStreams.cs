using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec;

/// <summary>
/// StandardInput=fd:NAME and its like need a descriptor of that name among those passed, StandardInput=socket and its like a socket; systemd
/// finds out before it forks.
/// </summary>
internal static class NamedStreams
{
    /// <summary>The first name that is asked for and not there.</summary>
    public static string? Missing(ExecParameters parameters)
    {
        var config = parameters.Config;
        return MissingOf(config.StandardInput == ExecInput.NamedDescriptor, config.StandardInputName ?? "stdin", parameters.Descriptors)
            ?? MissingOf(config.StandardOutput == ExecOutput.NamedDescriptor, config.StandardOutputName ?? "stdout", parameters.Descriptors)
            ?? MissingOf(config.StandardError == ExecOutput.NamedDescriptor, config.StandardErrorName ?? "stderr", parameters.Descriptors);
    }

    private static string? MissingOf(bool isWanted, string name, IReadOnlyList<NamedDescriptor> descriptors)
    {
        for (var i = 0; isWanted && i < descriptors.Count; i++)
        {
            isWanted = descriptors[i].Name != name;
        }

        return isWanted ? name : null;
    }

    /// <summary>What is wrong with the socket that a stream is to be connected to; null if there is the one, or none is asked for.</summary>
    public static string? SocketRefusal(ExecParameters parameters)
    {
        var config = parameters.Config;
        var wantsSocket = config.StandardInput == ExecInput.Socket || config.StandardOutput == ExecOutput.Socket || config.StandardError == ExecOutput.Socket;
        return !wantsSocket || parameters.Socket is not null ? null
            : parameters.SocketIsAmbiguous ? "Got more than one socket"
            : "Got no socket";
    }
}
