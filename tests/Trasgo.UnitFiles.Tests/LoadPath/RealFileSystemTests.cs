using Trasgo.Manager.Files;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.LoadPath;

public class RealFileSystemTests
{
    [Fact]
    public void Paths_InARoot_NeverLeaveIt()
    {
        using var tree = new TemporaryTree();
        tree.File("/r/etc/passwd", "inside").Link("/r/up", "../../../../etc/passwd").Link("/r/abs", "/etc/passwd").Link("/r/dir", "/etc")
            .File("/secret", "outside").Link("/r/ring", "ring");
        var files = new RealFileSystem(tree.Root + "/r");
        foreach (var path in (string[])["/up", "/abs", "/dir/passwd", "/etc/passwd", "/../dir/../etc/passwd"])
        {
            Assert.Equal("inside"u8.ToArray(), files.Read(path, 100, out _));
        }

        Assert.Null(files.Read("/../secret", 100, out var error));
        Assert.Equal(FileError.NotFound, error);
        Assert.Equal(FileKind.Missing, files.Stat("/ring", followLinks: true, out _));
        Assert.Equal(FileKind.Symlink, files.Stat("/ring", followLinks: false, out _));
        Assert.Equal(FileError.InvalidPath, files.WriteSymlink("x", "/../y"));
        Assert.Equal(FileError.InvalidPath, files.Remove("relative"));
        Assert.Equal(FileError.InvalidPath, files.MakeDirectories("/a\0b"));
    }

    [Fact]
    public void WriteSymlink_Replace_LeavesNoTrace()
    {
        using var tree = new TemporaryTree();
        tree.Dir("/d");
        var files = new RealFileSystem();
        Assert.Equal(FileError.None, files.WriteSymlink("one", tree.Path("/d/l")));
        Assert.Equal(FileError.Exists, files.WriteSymlink("two", tree.Path("/d/l")));
        Assert.Equal(FileError.None, files.WriteSymlink("two", tree.Path("/d/l"), replace: true));
        Assert.Equal("two", files.ReadLink(tree.Path("/d/l")));
        Assert.Equal(["l"], files.List(tree.Path("/d")));
    }

    [Fact]
    public void WriteAtomically_Twice_HasTheNewContents()
    {
        using var tree = new TemporaryTree();
        tree.Dir("/d");
        var files = new RealFileSystem();
        Assert.Equal(FileError.NotFound, files.WriteAtomically(tree.Path("/nosuch/f"), "x"u8));
        Assert.Equal(FileError.None, files.WriteAtomically(tree.Path("/d/f"), "old"u8));
        Assert.Equal(FileError.None, files.WriteAtomically(tree.Path("/d/f"), "new"u8));
        Assert.Equal("new"u8.ToArray(), files.Read(tree.Path("/d/f"), 3, out _));
        Assert.Null(files.Read(tree.Path("/d/f"), 2, out var error));
        Assert.Equal(FileError.TooLarge, error);
        Assert.Equal(["f"], files.List(tree.Path("/d")));
    }

    [Fact]
    public void Entries_Kinds_AreThoseOfTheEntriesThemselves()
    {
        using var tree = new TemporaryTree();
        tree.File("/f", "").Dir("/d").Link("/toDir", "d").Link("/toFile", "f").Link("/broken", "nowhere").File("/.hidden", "");
        var kinds = new RealFileSystem().Entries(tree.Root).ToDictionary(e => e.Name, e => e.Kind, StringComparer.Ordinal);
        Assert.Equal(6, kinds.Count);
        Assert.Equal((FileKind.File, FileKind.Directory, FileKind.File), (kinds["f"], kinds["d"], kinds[".hidden"]));
        Assert.Equal((FileKind.Symlink, FileKind.Symlink, FileKind.Symlink), (kinds["toDir"], kinds["toFile"], kinds["broken"]));
        Assert.Empty(new RealFileSystem().Entries(tree.Root + "/nosuch"));
        Assert.Empty(new RealFileSystem().Entries(tree.Root + "/f"));
    }
}
