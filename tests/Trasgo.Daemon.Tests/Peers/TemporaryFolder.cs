namespace Trasgo.Daemon.Tests.Peers;

/// <summary>A directory of a test's own. Its path is short, since the path of a socket has at most 107 bytes.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("daemon-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
