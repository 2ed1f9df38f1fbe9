namespace Trasgo.Daemon.Tests.Peers;

/// <summary>
/// Debian's systemd-journald in a mount namespace of its own, where <c>/run</c>, <c>/dev</c> and <c>/var/log</c> belong to the test. It listens below
/// the test's folder, and journalctl reads what it stored.
/// </summary>
internal sealed class Journald : IDisposable
{
    private const string Script = """
        set -e
        folder=$1 journald=$2
        mount --bind "$folder/run" /run
        mount -t tmpfs -o mode=0755 tmpfs /var/log
        mkdir "$folder/dev"
        mount -t tmpfs -o mode=0755 tmpfs "$folder/dev"
        for node in null urandom; do touch "$folder/dev/$node"; mount --bind "/dev/$node" "$folder/dev/$node"; done
        mount --rbind "$folder/dev" /dev
        echo 7261736772617367726173677261736f >"$folder/machine-id"
        [ ! -e /etc/machine-id ] || mount --bind "$folder/machine-id" /etc/machine-id
        exec "$journald"
        """;

    private readonly TemporaryFolder _folder;
    private readonly Peer _peer;

    public Journald(TemporaryFolder folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder["run"]);
        _peer = Peer.Start("/usr/bin/unshare", "--mount", "--propagation", "private", "sh", "-c", Script, "sh", folder.Root, Program!);
        Waiting.Until("systemd-journald", () =>
        {
            Assert.True(_peer.IsRunning, "systemd-journald ended: " + (_peer.IsRunning ? "" : _peer.Errors()));
            return File.Exists(SocketPath) && File.Exists(StreamPath) && Directory.Exists(Entries) && Directory.GetFiles(Entries, "*.journal", SearchOption.AllDirectories).Length > 0;
        });
    }

    public static string? Program => Environment.UserName == "root" && File.Exists("/etc/machine-id") && Peer.Find("journalctl") is not null
        ? Peer.Find("systemd-journald")
        : null;

    public string SocketPath => _folder["run/systemd/journal/socket"];

    public string StreamPath => _folder["run/systemd/journal/stdout"];

    public string LogPath => _folder["run/systemd/journal/dev-log"];

    private string Entries => _folder["run/log/journal"];

    /// <summary>Waits until there are as many entries with FIELD=VALUE, and returns them as journalctl's JSON, oldest first.</summary>
    public System.Text.Json.JsonElement[] WaitFor(string match, int count = 1) =>
        Waiting.For(match, () =>
        {
            string[] lines = Peer.Run(Peer.Find("journalctl")!, $"--directory={Entries}", "--output=json", "--all", match).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines.Length >= count ? lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).ToArray() : null;
        });

    public void Dispose() => _peer.Dispose();
}
