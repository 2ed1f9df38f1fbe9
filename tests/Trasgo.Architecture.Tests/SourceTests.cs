namespace Trasgo.Architecture.Tests;

/// <summary>House rules that a machine can check.</summary>
public class SourceTests
{
    private const int MostLines = 400;

    /// <summary>Longer files, each with the reason.</summary>
    private static readonly Dictionary<string, string> s_mayBeLong = new()
    {
        ["tests/Trasgo.Exec.Tests/Program/CommandStarterTests.cs"] = "one test a setting, over one fixture",
    };

    /// <summary>Jobs and the unit language reach neither the file system nor the kernel.</summary>
    private static readonly string[] s_pureFolders = ["src/Trasgo.UnitFiles", "src/Trasgo.Engine/Jobs"];

    private static readonly string[] s_inputAndOutput =
    [
        "File.Read", "File.Write", "File.Exists", "File.Open", "File.Delete", "File.Move", "File.Create", "Directory.Enumerate", "Directory.Get", "Directory.Create", "Directory.Exists", "Directory.Delete",
        "FileStream", "FileInfo", "DirectoryInfo", "DllImport", "LibraryImport", "Environment.GetEnvironmentVariable", "DateTime.Now", "DateTime.UtcNow",
    ];

    public static TheoryData<string> Sources => [.. Repository.Files("src", "*.cs"), .. Repository.Files("tests", "*.cs")];

    [Theory]
    [MemberData(nameof(Sources))]
    public void SourceFile_Counted_IsNotTooLong(string file)
    {
        int lines = Repository.Read(file).Count(character => character == '\n');

        Assert.True(lines <= MostLines || s_mayBeLong.ContainsKey(file), $"{file} has {lines} lines; split it, or name the reason in s_mayBeLong");
    }

    [Fact]
    public void LongFile_Named_Exists() =>
        Assert.All(s_mayBeLong.Keys, file => Assert.True(File.Exists(Path.Combine(Repository.Root, file)), file));

    [Theory]
    [MemberData(nameof(Sources))]
    public void SourceFile_WithNamespace_UsesTheFileScopedForm(string file) =>
        Assert.DoesNotContain(Repository.Read(file).Split('\n'), line => line.StartsWith("namespace ", StringComparison.Ordinal) && !line.TrimEnd().EndsWith(';'));

    [Fact]
    public void PureFolder_Searched_DoesNoInputOrOutput()
    {
        var files = s_pureFolders.SelectMany(folder => Repository.Files(folder, "*.cs"));

        Assert.All(files, file => Assert.DoesNotContain(CodeLines(file),
            line => Array.Exists(s_inputAndOutput, word => line.Contains(word, StringComparison.Ordinal))));
    }

    /// <summary>The manager has one home for signatures, and the package that must stand alone has another.</summary>
    private static readonly string[] s_signatureFolders = ["src/Trasgo.Linux/", "src/Trasgo.Daemon/Interop/"];

    [Fact]
    public void LibcSignature_OutsideOfItsFolders_DoesNotExist()
    {
        var files = Repository.Files("src", "*.cs").Where(file => !Array.Exists(s_signatureFolders, folder => file.StartsWith(folder, StringComparison.Ordinal)));

        Assert.All(files, file => Assert.DoesNotContain(CodeLines(file),
            line => line.Contains("[LibraryImport", StringComparison.Ordinal) || line.Contains("[DllImport", StringComparison.Ordinal)));
    }

    /// <summary>What no managed code can do, and its lines at most: docs/decisions/spawning.md and pam.md.</summary>
    private static readonly Dictionary<string, int> s_nativeSources = new()
    {
        ["src/Trasgo.Linux/native/spawn.c"] = 230,
        ["src/Trasgo.Linux/native/pam.c"] = 259,
    };

    [Fact]
    public void NativeSource_InC_IsKnownAndStaysSmall()
    {
        var sources = Repository.Files("src", "*.c");

        Assert.Equal(s_nativeSources.Keys.Order(), sources.Order());
        Assert.All(sources, file => Assert.InRange(Repository.Read(file).Count(character => character == '\n'), 1, s_nativeSources[file]));
    }

    private static IEnumerable<string> CodeLines(string file) =>
        Repository.Read(file).Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));
}
