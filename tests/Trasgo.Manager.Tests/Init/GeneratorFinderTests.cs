using Trasgo.Manager.Files;

namespace Trasgo.Manager.Tests;

/// <summary>Our own generators beside those of the directories. What the directories' do is in <see cref="GeneratorsTests"/>.</summary>
public sealed class GeneratorFinderTests : IDisposable
{
    private const string FileName = "trasgo-some-generator";
    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void OwnGenerator_WithAnInput_IsThisBinaryWithTheWordsThatMakeItOne()
    {
        var program = Assert.Single(Find(Own("/etc/passwd")));

        Assert.Equal((FileName, "/proc/self/exe"), (program.Name, program.File));
        Assert.Equal(["trasgo", "generator", "some"], program.Arguments);
    }

    [Fact]
    public void OwnGenerator_WithoutInputs_IsNotRun() => Assert.Empty(Find(Own(_root["missing"])));

    [Fact]
    public void OwnGenerator_OfWhichOneInputOfTwoExists_IsRun() => Assert.Single(Find(Own(_root["missing"], "/etc/passwd")));

    [Fact]
    public void OwnGenerator_LinkedToNull_IsMasked()
    {
        File.CreateSymbolicLink(_root[FileName], "/dev/null");

        Assert.Empty(Find(Own("/etc/passwd")));
    }

    [Fact]
    public void OwnGenerator_WithAnEmptyFileOfItsName_IsMasked()
    {
        File.WriteAllText(_root[FileName], "");

        Assert.Empty(Find(Own("/etc/passwd")));
    }

    [Fact]
    public void OwnGenerator_WithAProgramOfItsName_GivesWay()
    {
        File.WriteAllText(_root[FileName], "#!/bin/sh\n");
        File.SetUnixFileMode(_root[FileName], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal(_root[FileName], Assert.Single(Find(Own("/etc/passwd"))).File);
    }

    private static OwnGenerator Own(params string[] inputs) => new("some", inputs);

    private List<GeneratorProgram> Find(OwnGenerator own) => GeneratorFinder.Find([_root.Path], [own], new RealFileSystem());
}
