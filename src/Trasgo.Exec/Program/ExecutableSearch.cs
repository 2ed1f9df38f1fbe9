namespace Trasgo.Exec;

/// <summary>Where a command is looked for: an absolute path is itself, a bare name is tried in ExecSearchPath= or systemd's default path.</summary>
internal static class ExecutableSearch
{
    private static readonly string[] s_default = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    public static string[] Candidates(string path, IReadOnlyList<string> searchPath)
    {
        if (path.StartsWith('/'))
        {
            return [path];
        }

        var directories = searchPath.Count > 0 ? searchPath : s_default;
        return [.. directories.Select(directory => Path.Combine(directory, path))];
    }
}
