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
        foreach (var (wanted, name) in ((bool, string)[])[
            (config.StandardInput == ExecInput.NamedDescriptor, config.StandardInputName ?? "stdin"),
            (config.StandardOutput == ExecOutput.NamedDescriptor, config.StandardOutputName ?? "stdout"),
            (config.StandardError == ExecOutput.NamedDescriptor, config.StandardErrorName ?? "stderr")])
        {
            if (wanted && !parameters.Descriptors.Any(d => d.Name == name))
            {
                return name;
            }
        }

        return null;
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
