using Trasgo.Manager.Files;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.LoadPath;

public class UnitFileSourceTests
{
    [Fact]
    public void Load_FragmentAndDropIns_AreReadInOrder()
    {
        using var tree = new TemporaryTree();
        tree.File("/1/a@.service", "[Service]\nExecStart=/bin/a\n[X-Trasgo]\nk=v\n[Nonsense]\nx=y\n")
            .File("/2/a@i.service.d/10.conf", "[Service]\nUser=ten\n")
            .File("/1/service.d/05.conf", "[Unit]\nDescription=five\n")
            .Link("/1/a@i.service.wants/b.service", "../b.service")
            .Link("/1/a@.service.requires/c@.service", "../c@.service")
            .Link("/1/a@.service.requires/masked.service", "/dev/null")
            .File("/1/a@.service.requires/notalink.service", "");
        var sink = new DiagnosticList();
        var source = Load(tree, "a@i.service", sink);
        Assert.Equal(
            ["Service.ExecStart=/bin/a", "X-Trasgo.k=v", "Unit.Description=five", "Service.User=ten"],
            source.Assignments.Select(a => $"{a.Section}.{a.Key}={a.Value}"));
        Assert.Equal(["b.service"], source.Wants.Select(d => d.Name.Text));
        Assert.Equal(["c@i.service"], source.Requires.Select(d => d.Name.Text));
        Assert.Contains(sink.Items, d => d.ToString() == $"{tree.Root}/1/a@.service:5: Unknown section 'Nonsense'. Ignoring.");
        Assert.Equal(ParseFailure.None, source.Failure);
        Assert.NotEqual(0UL, source.FragmentModifiedUsec);
    }

    [Fact]
    public void IsOutdated_Changes_AreSeen()
    {
        using var tree = new TemporaryTree();
        tree.File("/1/a.service", "[Unit]\n").File("/1/a.service.d/x.conf", "[Unit]\n").Dir("/2");
        var source = Load(tree, "a.service");
        Assert.False(source.IsOutdated(Search(tree), new RealFileSystem()));
        var later = DateTime.UtcNow.AddMinutes(1);

        File.SetLastWriteTimeUtc(tree.Path("/1/a.service.d/x.conf"), later);
        Assert.True(source.IsOutdated(Search(tree), new RealFileSystem()));
        source = Load(tree, "a.service");
        Assert.False(source.IsOutdated(Search(tree), new RealFileSystem()));

        File.SetLastWriteTimeUtc(tree.Path("/1/a.service"), later);
        Assert.True(source.IsOutdated(Search(tree), new RealFileSystem()));
        source = Load(tree, "a.service");

        tree.File("/2/a.service.d/y.conf", "[Unit]\n");
        Assert.True(source.IsOutdated(Search(tree), new RealFileSystem()));
        source = Load(tree, "a.service");

        File.Delete(tree.Path("/1/a.service"));
        Assert.True(source.IsOutdated(Search(tree), new RealFileSystem()));
    }

    [Fact]
    public void IsStale_NewFileInADirectory_MakesTheIndexStale()
    {
        using var tree = new TemporaryTree();
        tree.File("/1/a.service", "[Unit]\n").Dir("/2");
        Directory.SetLastWriteTimeUtc(tree.Path("/2"), DateTime.UtcNow.AddMinutes(-1));
        var files = new RealFileSystem();
        var index = UnitFileIndex.Build(Search(tree), files);
        Assert.False(index.IsStale(files));
        tree.File("/2/b.service", "[Unit]\n");
        Assert.True(index.IsStale(files));
        Assert.Null(index.Find(UnitName.Parse("b.service")));
        Assert.NotNull(UnitFileIndex.Build(Search(tree), files).Find(UnitName.Parse("b.service")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/dev/null")]
    public void Load_EmptyFileOrNullDevice_IsMasked(string target)
    {
        using var tree = new TemporaryTree();
        _ = target.Length == 0 ? tree.File("/1/a.service", "") : tree.Link("/1/a.service", target);
        var source = Load(tree, "a.service");
        Assert.True(source.IsMasked);
        Assert.Equal(0UL, source.FragmentModifiedUsec);
    }

    [Fact]
    public void Load_AliasesInARing_IsALoop()
    {
        using var tree = new TemporaryTree();
        tree.Link("/1/a.service", "b.service").Link("/1/b.service", "c.service").Link("/1/c.service", "a.service");
        var source = Load(tree, "a.service");
        Assert.True(source.Lookup.IsLoop);
        Assert.Null(source.FragmentPath);
    }

    [Fact]
    public void Load_BrokenHeader_FailsButKeepsWhatWasRead()
    {
        using var tree = new TemporaryTree();
        tree.File("/1/a.service", "[Unit]\nDescription=x\n[Service\nExecStart=/bin/a\n");
        var source = Load(tree, "a.service");
        Assert.Equal((ParseFailure.BadHeader, 1), (source.Failure, source.Assignments.Count));
    }

    [Fact]
    public void Load_DirectoryOrFifoInsteadOfAFile_IsNotThere()
    {
        using var tree = new TemporaryTree();
        tree.Dir("/1/a.service").Link("/1/b.service", tree.Root + "/1/a.service.d/.").Link("/1/c.service", "/dev/zero");
        Assert.Null(Load(tree, "a.service").FragmentPath);
        Assert.Empty(Load(tree, "b.service").Assignments);
        Assert.True(Load(tree, "c.service").IsMasked);
    }

    [Fact]
    public void DropInNames_ManyDashes_AreBounded()
    {
        var name = UnitName.Parse(string.Concat(Enumerable.Repeat("a-", 120)) + "a@i.service");
        Assert.InRange(DropInNames.Of(name).Count, 100, 500);
    }

    private static UnitSearchPath Search(TemporaryTree tree) => UnitSearchPath.For(
        RuntimeScope.System,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["SYSTEMD_UNIT_PATH"] = $"{tree.Root}/1:{tree.Root}/2" });

    private static UnitFileSource Load(TemporaryTree tree, string unit, IDiagnostics? sink = null)
    {
        var files = new RealFileSystem();
        var index = UnitFileIndex.Build(Search(tree), files);
        return UnitFileSource.Load(Search(tree), files, index, UnitName.Parse(unit), sink ?? NullDiagnostics.Instance);
    }
}
