using System.Runtime.CompilerServices;
using Trasgo.Daemon.Tests;

namespace Trasgo.Daemon.Extensions.Tests;

/// <summary>What users can refer to changes only when somebody means it.</summary>
public class PublicSurfaceTests
{
    [Fact]
    public void PublicSurface_ComparedWithTheFileNextToThisTest_IsTheSame() =>
        PublicSurface.AssertUnchanged(typeof(TrasgoLoggerProvider).Assembly, Path.Combine(Path.GetDirectoryName(ThisFile())!, "ExtensionsSurface.txt"));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
