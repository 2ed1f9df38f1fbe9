using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>
/// A start that goes by way of PAM (docs/decisions/pam.md): what is particular to it, and the socket and the file by which the manager and
/// (sd-pam) talk. The spawn program takes its copies of the two along when it is compiled.
/// </summary>
internal sealed class PamStart : IDisposable
{
    private const SpawnStep Step = SpawnStep.Pam;

    private PamStart(ExecParameters parameters, ExecIdentity identity, Descriptor ours, Descriptor theirs, Descriptor file)
    {
        Parameters = parameters;
        Identity = identity;
        Ours = ours;
        Theirs = theirs;
        File = file;
    }

    public ExecParameters Parameters { get; }

    public ExecIdentity Identity { get; }

    public Descriptor Ours { get; }

    public Descriptor Theirs { get; }

    public Descriptor File { get; }

    /// <summary>The environment but for what PAM adds and UnsetEnvironment= takes away; the compiler's.</summary>
    public IReadOnlyList<string> Environment { get; set; } = [];

    /// <summary>As in systemd there is no session without User=, and none for what runs with full privileges.</summary>
    public static bool IsNeeded(ExecParameters parameters, ExecIdentity identity) =>
        parameters.ChangesUser && parameters.Config.PamName is { Length: > 0 } && identity.Name is not null;

    public static (PamStart? Start, SpawnFailure? Failure) Create(ExecParameters parameters, ExecIdentity identity)
    {
        // Packets, so that a word and its text are one message. Their end waits where ours does not.
        var sockets = UnixSocket.Pair(SocketType.SequentialPacket);
        if (!sockets.Ok)
        {
            return (null, new SpawnFailure(Step, sockets.Error, "Failed to make a socket for PAM"));
        }

        var (ours, theirs) = sockets.Value;
        Pipe.SetBlocking(theirs, true);
        var file = MemoryFile.Create("pam");
        if (!file.Ok)
        {
            ours.Dispose();
            theirs.Dispose();
            return (null, new SpawnFailure(Step, file.Error, "Failed to make a file for PAM"));
        }

        return (new PamStart(parameters, identity, ours, theirs, file.Value), null);
    }

    public void Dispose()
    {
        Ours.Dispose();
        Theirs.Dispose();
        File.Dispose();
    }
}
