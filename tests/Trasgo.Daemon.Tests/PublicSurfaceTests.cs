using System.Runtime.CompilerServices;

namespace Trasgo.Daemon.Tests;

/// <summary>What users can refer to changes only when somebody means it.</summary>
public class PublicSurfaceTests
{
    [Fact]
    public void PublicSurface_ComparedWithTheFileNextToThisTest_IsTheSame() =>
        PublicSurface.AssertUnchanged(typeof(DaemonException).Assembly, Path.Combine(Path.GetDirectoryName(ThisFile())!, "PublicSurface.txt"));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
