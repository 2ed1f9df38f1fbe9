using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Trasgo.Daemon.Tests.Packaging;

/// <summary>What ./build.sh pack makes.</summary>
public class PackageTests
{
    [SkippableFact]
    public void Package_Opened_HasBothFrameworksTheirDocumentationAndNoDependencies()
    {
        string? path = Directory.Exists(Folder()) ? Directory.GetFiles(Folder(), "Trasgo.Daemon.*.nupkg").FirstOrDefault(file => char.IsAsciiDigit(Path.GetFileName(file)["Trasgo.Daemon.".Length])) : null;
        Skip.If(path is null, "./build.sh pack makes the package");
        using var package = ZipFile.OpenRead(path!);
        string[] names = [.. package.Entries.Select(entry => entry.FullName)];

        foreach (string framework in new[] { "net9.0", "net10.0" })
        {
            Assert.Contains($"lib/{framework}/Trasgo.Daemon.dll", names);
            Assert.Contains($"lib/{framework}/Trasgo.Daemon.xml", names);
        }

        Assert.Contains("README.md", names);
        using var manifest = package.GetEntry("Trasgo.Daemon.nuspec")!.Open();
        Assert.DoesNotContain(XDocument.Load(manifest).Descendants(), element => element.Name.LocalName == "dependency");
    }

    /// <summary>Where the packages are put.</summary>
    internal static string Folder([CallerFilePath] string self = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(self)!, "../../../artifacts/packages"));
}
