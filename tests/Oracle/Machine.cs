using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Trasgo.Oracle;

/// <summary>What this machine lets the oracle do. Every reason for not being able to ends in a skipped test that says so.</summary>
internal static class Machine
{
    private static readonly Lazy<(string? Path, string? Reason)> s_tree = new(MakeTree);

    public static string Folder { get; } = Path.GetDirectoryName(ThisFile())!;

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Folder, "..", ".."));

    /// <summary>The native binary; build.sh publishes it before the tests.</summary>
    public static string Binary { get; } =
        Environment.GetEnvironmentVariable("TRASGO_BINARY") is { Length: > 0 } path ? path : Path.Combine(Root, "artifacts", "trasgo");

    /// <summary>Who is compared with systemd: Trasgo, or systemd itself, which tests the masks.</summary>
    public static ManagerKind Subject { get; } =
        Environment.GetEnvironmentVariable("TRASGO_ORACLE_SUBJECT") == "systemd" ? ManagerKind.Systemd : ManagerKind.Trasgo;

    public static string Tree => s_tree.Value.Path ?? throw new InvalidOperationException(s_tree.Value.Reason);

    public static string? ReasonToSkip()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return "containers need root";
        }

        foreach (string tool in (string[])["systemd-nspawn", "unshare", "nsenter"])
        {
            if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))))
            {
                return tool + " is not installed";
            }
        }

        if (Subject == ManagerKind.Trasgo && !File.Exists(Binary))
        {
            return Binary + " is missing; ./build.sh publish makes it";
        }

        return s_tree.Value.Reason;
    }

    private static (string? Path, string? Reason) MakeTree()
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Folder, "make-tree.sh"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? (output, null) : (null, "there is no Debian tree: " + errors.GetAwaiter().GetResult().Trim());
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

internal enum ManagerKind
{
    Systemd,
    Trasgo,
}
