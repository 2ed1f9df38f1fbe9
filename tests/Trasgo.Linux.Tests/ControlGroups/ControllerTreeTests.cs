namespace Trasgo.Linux.Tests;

/// <summary>Plain directories stand for the kernel's: what is written where is the same.</summary>
public sealed class ControllerTreeTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Prepare_Unified_SwitchesTheControllerOnFromTheTopDownToTheGroupAbove()
    {
        foreach (var group in (string[])["own", "own/trasgo", "own/trasgo/a.slice", "own/trasgo/a.slice/x.service"])
        {
            Directory.CreateDirectory(At(group));
            File.WriteAllText(At(group + "/cgroup.subtree_control"), "");
        }

        File.WriteAllText(At("own/trasgo/a.slice/x.service/pids.max"), "");
        var tree = new ControllerTree(Groups(ControlGroupLayout.V2), [new("pids", At("own/trasgo"), IsLegacy: false)]);
        Assert.False(tree.Prepare("pids", "/own/trasgo/a.slice/x.service"));
        Assert.Equal(Errno.None, tree.Set("pids", "/own/trasgo/a.slice/x.service", "pids.max", "64"));
        Assert.Equal("+pids", File.ReadAllText(At("own/cgroup.subtree_control")));
        Assert.Equal("+pids", File.ReadAllText(At("own/trasgo/cgroup.subtree_control")));
        Assert.Equal("+pids", File.ReadAllText(At("own/trasgo/a.slice/cgroup.subtree_control")));
        Assert.Equal("", File.ReadAllText(At("own/trasgo/a.slice/x.service/cgroup.subtree_control")));
        Assert.Equal("64", tree.Attribute("pids", "/own/trasgo/a.slice/x.service", "pids.max"));
        Assert.Empty(tree.ProcsFiles("/own/trasgo/a.slice/x.service"));
    }

    [Fact]
    public void Prepare_Legacy_MakesTheSameGroupInTheControllersHierarchy()
    {
        var tree = new ControllerTree(Groups(ControlGroupLayout.Hybrid), [new("pids", At("pids/own/trasgo"), IsLegacy: true)]);
        Assert.Empty(tree.ProcsFiles("/own/trasgo/a.slice/x.service"));
        Assert.True(tree.Prepare("pids", "/own/trasgo/a.slice"));
        Assert.False(tree.Prepare("pids", "/own/trasgo/a.slice"));
        Assert.Equal([At("pids/own/trasgo/a.slice/cgroup.procs")], tree.ProcsFiles("/own/trasgo/a.slice/x.service"));
        Assert.True(tree.Prepare("pids", "/own/trasgo/a.slice/x.service"));
        Assert.Equal([At("pids/own/trasgo/a.slice/x.service/cgroup.procs")], tree.ProcsFiles("/own/trasgo/a.slice/x.service"));
        Assert.Empty(tree.ProcsFiles("/own/trasgo/b.service"));
        tree.Remove("/own/trasgo/a.slice/x.service");
        Assert.False(Directory.Exists(At("pids/own/trasgo/a.slice/x.service")));
        tree.RemoveRoot();
        Assert.False(Directory.Exists(At("pids/own/trasgo")));
        Assert.True(Directory.Exists(At("pids/own")));
    }

    [Fact]
    public void Set_WithoutTheController_IsAnAnswer()
    {
        var tree = new ControllerTree(Groups(ControlGroupLayout.V2), []);
        Assert.False(tree.Has("pids"));
        Assert.Equal(Errno.ENOENT, tree.Set("pids", "/own/trasgo/x.service", "pids.max", "1"));
    }

    [Fact]
    public void Prepare_AfterForget_MakesTheGroupAgain()
    {
        var tree = new ControllerTree(Groups(ControlGroupLayout.Hybrid), [new("pids", At("pids/own/trasgo"), IsLegacy: true)]);
        Assert.True(tree.Prepare("pids", "/own/trasgo/x.service"));
        Directory.Delete(At("pids/own/trasgo/x.service"));
        tree.Forget("/own/trasgo/x.service");
        Assert.True(tree.Prepare("pids", "/own/trasgo/x.service"));
        Assert.True(Directory.Exists(At("pids/own/trasgo/x.service")));
    }

    private string At(string path) => Path.Combine(_place.Path, path);

    private ControlGroups Groups(ControlGroupLayout layout) => new(layout, _place.Path, "/own/trasgo") { HasSubgroup = true };
}
