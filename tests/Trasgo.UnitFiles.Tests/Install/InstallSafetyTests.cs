using System.Text;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.Install;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.Install;

/// <summary>Hostile names, files and links: an error for that unit, and nothing outside the unit directories.</summary>
public class InstallSafetyTests
{
    private const string Lib = "/usr/lib/systemd/system/";
    private const string Etc = "/etc/systemd/system/";

    [Theory]
    [InlineData("../evil.service")]
    [InlineData("a/../../evil.service")]
    [InlineData("/etc/systemd/system/../../../evil.service")]
    [InlineData("evil\0.service")]
    [InlineData("evil\n.service")]
    [InlineData("/opt/evil\n/x.service")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("/")]
    public void EveryVerb_BadName_TouchesNoFile(string name)
    {
        var files = new RecordingFiles();
        var installer = new UnitFileInstaller(
            UnitSearchPath.For(RuntimeScope.System, new Dictionary<string, string>()), files, new FixedHost());
        Assert.True(installer.Enable([name]).Failed);
        Assert.True(installer.Disable([name]).Failed);
        Assert.True(installer.Mask([name]).Failed);
        Assert.True(installer.Unmask([name]).Failed);
        Assert.True(installer.Link([name]).Failed);
        Assert.True(installer.Revert([name]).Failed);
        Assert.True(installer.SetDefault(name).Failed);
        Assert.True(installer.AddDependency(["a.service"], name, requires: false).Failed);
        Assert.NotEqual(InstallError.None, installer.GetState(name, out _));
        Assert.DoesNotContain(files.Touched, p => p.Contains("evil", StringComparison.Ordinal) || p.Contains("..", StringComparison.Ordinal));
    }

    [Fact]
    public void Enable_WantsDirectoryLeadsOut_IsRefused()
    {
        using var tree = new TemporaryTree();
        tree.File(Lib + "a.service", "[Install]\nWantedBy=t.target\n").Dir("/outside").Dir(Etc).Link(Etc + "t.target.wants", tree.Root + "/outside");
        var result = Installer(tree, rooted: false).Enable(["a.service"]);
        Assert.Equal(InstallError.Linked, result.Error);
        Assert.Equal("org.freedesktop.systemd1.UnitLinked", result.BusError!.Name);
        Assert.Empty(Directory.GetFileSystemEntries(tree.Path("/outside")));
    }

    [Fact]
    public void Enable_RootedTreeWithAbsoluteLinks_StaysInside()
    {
        using var tree = new TemporaryTree();
        tree.File(Lib + "a.service", "[Install]\nWantedBy=t.target\n").Dir("/real/units").Link("/etc/systemd/system", "/real/units");
        var result = Installer(tree, rooted: true).Enable(["a.service"]);
        Assert.Equal(InstallError.None, result.Error);
        Assert.Equal("/usr/lib/systemd/system/a.service", new FileInfo(tree.Path("/real/units/t.target.wants/a.service")).LinkTarget);
    }

    [Fact]
    public void Enable_AliasesInARing_FailsForThatUnitOnly()
    {
        using var tree = new TemporaryTree();
        tree.Link(Lib + "a.service", "b.service").Link(Lib + "b.service", "c.service").Link(Lib + "c.service", "a.service")
            .File(Lib + "good.service", "[Install]\nWantedBy=t.target\n").Dir(Etc);
        var installer = Installer(tree, rooted: true);
        Assert.True(installer.Enable(["a.service"]).Failed);
        Assert.False(installer.Enable(["good.service"]).Failed);
        Assert.Equal(UnitFileState.Bad, installer.ListUnitFiles().Single(e => e.Name is "a.service").State);
        Assert.Equal(UnitFileState.Enabled, installer.ListUnitFiles().Single(e => e.Name is "good.service").State);
    }

    [Fact]
    public void Enable_AlsoDoublesWithEveryStep_Ends()
    {
        using var tree = new TemporaryTree();
        tree.File(Lib + "a@.service", "[Install]\nAlso=a@%ix.service a@%iy.service\n").Dir(Etc);
        var result = Installer(tree, rooted: true).Enable(["a@0.service"]);
        Assert.Contains(result.Changes, c => c.Type == InstallChangeType.AuxiliaryFailed);
        Assert.InRange(result.Changes.Count, 1, 2000);
    }

    [Fact]
    public void EveryVerb_RandomBytesAsUnitFile_LeavesTheRestAlone()
    {
        var random = new Random(5);
        for (var round = 0; round < 60; round++)
        {
            using var tree = new TemporaryTree();
            tree.Dir(Etc).Dir(Lib).Dir("/outside");
            var text = "[Install]\n" + string.Concat(Enumerable.Range(0, 6).Select(_ => Pick(
                random, ["WantedBy=", "Alias=", "Also=", "../../../outside/x.service ", "/outside/x.service ", "a\0b", "\n", "%i", "\\", "\"", "\xFF", "t.target "])));
            File.WriteAllBytes(tree.Path(Lib + "a.service"), Encoding.Latin1.GetBytes(text));
            var installer = Installer(tree, rooted: true);
            installer.Enable(["a.service"]);
            installer.Preset(["a.service"]);
            installer.Disable(["a.service"]);
            Assert.Empty(Directory.GetFileSystemEntries(tree.Path("/outside")));
            Assert.Equal(["etc", "outside", "usr"], Directory.GetFileSystemEntries(tree.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Revert_DropInDirectoryWithLinks_RemovesTheLinksAlone()
    {
        using var tree = new TemporaryTree();
        tree.File("/outside/keep.conf", "x").File(Lib + "a.service", "[Unit]\n")
            .Link(Etc + "a.service.d/x.conf", tree.Root + "/outside/keep.conf").Link(Etc + "a.service.d/sub", tree.Root + "/outside");
        Assert.False(Installer(tree, rooted: false).Revert(["a.service"]).Failed);
        Assert.True(File.Exists(tree.Path("/outside/keep.conf")));
        Assert.False(Directory.Exists(tree.Path(Etc + "a.service.d")));
    }

    [Fact]
    public void Disable_DryRun_ReportsAndKeeps()
    {
        using var tree = new TemporaryTree();
        tree.File(Lib + "a.service", "[Install]\nWantedBy=t.target\n").Dir(Etc);
        var installer = Installer(tree, rooted: true);
        installer.Enable(["a.service"]);
        var before = tree.Listing();
        Assert.Contains(installer.Disable(["a.service"], UnitFileFlags.DryRun).Changes, c => c.Type == InstallChangeType.Unlink);
        Assert.Equal(before, tree.Listing());
    }

    [Fact]
    public void Enable_NoRuntimeDirectory_SaysSo()
    {
        var search = UnitSearchPath.For(RuntimeScope.User, new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = "/h" });
        var result = new UnitFileInstaller(search, new RecordingFiles(), new FixedHost()).Enable(["a.service"], UnitFileFlags.Runtime);
        Assert.Equal(InstallError.NoDirectory, result.Error);
        Assert.Equal(new BusFailure("System.Error.ENXIO", "No such device or address"), result.BusError);
    }

    /// <summary>Without a root the search path itself is set into the tree.</summary>
    private static UnitFileInstaller Installer(TemporaryTree tree, bool rooted)
    {
        var env = new Dictionary<string, string>(StringComparer.Ordinal);
        if (rooted)
        {
            return new UnitFileInstaller(UnitSearchPath.For(RuntimeScope.System, env, tree.Root), new RealFileSystem(tree.Root), new FixedHost());
        }

        env["XDG_CONFIG_HOME"] = tree.Root + "/etc";
        Directory.CreateDirectory(tree.Path("/etc/systemd"));
        File.CreateSymbolicLink(tree.Path("/etc/systemd/user"), "system");
        env["SYSTEMD_UNIT_PATH"] = $"{tree.Root}/etc/systemd/user:{tree.Root}/usr/lib/systemd/system";
        return new UnitFileInstaller(UnitSearchPath.For(RuntimeScope.User, env), new RealFileSystem(), new FixedHost());
    }

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];

    /// <summary>An empty disk that notes which paths it is asked for.</summary>
    private sealed class RecordingFiles : IUnitFileSystem
    {
        public List<string> Touched { get; } = [];

        public FileKind Stat(string path, bool followLinks, out FileStamp stamp)
        {
            Touched.Add(path);
            stamp = default;
            return FileKind.Missing;
        }

        public string[] List(string directory) => [];

        public FileEntry[] Entries(string directory) => [];

        public string? ReadLink(string path)
        {
            Touched.Add(path);
            return null;
        }

        public byte[]? Read(string path, int limit, out FileError error)
        {
            Touched.Add(path);
            error = FileError.NotFound;
            return null;
        }

        public FileError WriteSymlink(string target, string path, bool replace = false) => Note(path);

        public FileError Remove(string path) => Note(path);

        public FileError MakeDirectories(string path) => Note(path);

        public FileError WriteAtomically(string path, ReadOnlySpan<byte> contents) => Note(path);

        public FileError RemoveDirectoryIfEmpty(string path) => Note(path);

        private FileError Note(string path)
        {
            Touched.Add(path);
            return FileError.None;
        }
    }
}
