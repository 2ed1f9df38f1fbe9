namespace Trasgo.Daemon.Tests.Peers;

/// <summary>Namespaces of a test's own, made by unshare(1), in which it may mount and change what it likes.</summary>
internal static class Namespaces
{
    /// <summary>Skips the test where they cannot be had.</summary>
    public static void Require(params string[] kinds)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");
        Skip.If(Peer.Find("unshare") is null, "unshare is not there");
        Skip.If(Peer.Run(Peer.Find("unshare")!, [.. kinds, "echo", "yes"]) != "yes\n", "namespaces are not permitted here");
    }

    /// <summary>A command for a shell in them.</summary>
    public static string[] Shell(string script, params string[] kinds) =>
        [Peer.Find("unshare")!, .. kinds, "--propagation", "private", "/bin/sh", "-c", script, "sh"];
}
