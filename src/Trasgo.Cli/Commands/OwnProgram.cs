namespace Trasgo.Cli.Commands;

/// <summary>This binary, as units name it.</summary>
internal static class OwnProgram
{
    private const string Deleted = " (deleted)";

    /// <summary>Where it lies, also when it was replaced while it runs.</summary>
    internal static string Path
    {
        get
        {
            var path = Environment.ProcessPath ?? "/usr/bin/trasgo";
            return path.EndsWith(Deleted, StringComparison.Ordinal) ? path[..^Deleted.Length] : path;
        }
    }
}
