namespace Trasgo.Linux.Tests;

/// <summary>With plain directories: a group is one.</summary>
public sealed class GroupParentTests : IDisposable
{
    private const uint Mode = 0x1ED;

    private readonly TemporaryDirectory _root = new();
    private readonly GroupParent _parent;

    public GroupParentTests() => _parent = new GroupParent(_root.Path);

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Siblings_InARow_AreMadeOpenedAndRemovedBelowTheirParent()
    {
        Directory.CreateDirectory($"{_root.Path}/a.slice");

        Assert.Equal(Errno.ENOENT, _parent.Make("/a.slice/1", Mode));
        Assert.Equal(Errno.None, _parent.Make("/a.slice/1", Mode));
        Assert.Equal(Errno.EEXIST, _parent.Make("/a.slice/1", Mode));
        Assert.True(Directory.Exists($"{_root.Path}/a.slice/1"));

        using var opened = _parent.Open("/a.slice/1").OrThrow("open");
        Assert.Equal(FileSystem.Status($"{_root.Path}/a.slice/1").OrThrow("stat").Inode, FileSystem.Status(opened).OrThrow("stat").Inode);

        Assert.Equal(Errno.None, _parent.Remove("/a.slice/1"));
        Assert.False(Directory.Exists($"{_root.Path}/a.slice/1"));
    }

    [Fact]
    public void Parent_ThatWasRemovedAndMadeAgain_IsLookedUpAnew()
    {
        Directory.CreateDirectory($"{_root.Path}/a.slice");
        _ = _parent.Make("/a.slice/1", Mode);
        Assert.Equal(Errno.None, _parent.Make("/a.slice/1", Mode));
        Directory.Delete($"{_root.Path}/a.slice", recursive: true);
        Directory.CreateDirectory($"{_root.Path}/a.slice/1");

        Assert.Equal(Errno.ENOENT, _parent.Remove("/a.slice/1"));
        Assert.Equal(Errno.None, _parent.Remove("/a.slice/1"));
        Assert.False(Directory.Exists($"{_root.Path}/a.slice/1"));
    }

    [Fact]
    public void Parent_ThatIsAnother_IsNotTakenForTheLastOne()
    {
        Directory.CreateDirectory($"{_root.Path}/a.slice/b.slice");
        _ = _parent.Make("/a.slice/1", Mode);
        Assert.Equal(Errno.None, _parent.Make("/a.slice/1", Mode));

        Assert.Equal(Errno.ENOENT, _parent.Make("/a.slice/b.slice/2", Mode));
        Assert.Equal(Errno.None, _parent.Make("/a.slice/b.slice/2", Mode));
        Assert.True(Directory.Exists($"{_root.Path}/a.slice/b.slice/2"));
        Assert.Equal(Errno.ENOENT, _parent.Make("/top", Mode));
        Assert.Equal(Errno.ENOENT, _parent.Make("/top", Mode));
    }
}
