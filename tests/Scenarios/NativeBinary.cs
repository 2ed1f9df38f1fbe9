using System.Runtime.CompilerServices;

namespace Trasgo.Scenarios;

/// <summary>The binary that is shipped; build.sh publishes it before the tests.</summary>
internal static class NativeBinary
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("TRASGO_BINARY") is { Length: > 0 } path
        ? path
        : System.IO.Path.GetFullPath(System.IO.Path.Combine(ThisFile(), "..", "..", "..", "artifacts", "trasgo"));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
