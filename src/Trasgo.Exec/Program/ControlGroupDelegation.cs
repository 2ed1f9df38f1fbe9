using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>Delegate=: the group's directory, and the files that let its owner move processes and make groups, become the user's.</summary>
internal static class ControlGroupDelegation
{
    private static readonly string[] s_files = ["cgroup.procs", "cgroup.threads", "cgroup.subtree_control", "tasks"];

    public static void Apply(ControlGroups groups, string path, uint uid, uint gid)
    {
        FileSystem.ChangeOwner(groups.Directory(path), uid, gid);
        foreach (var file in s_files)
        {
            FileSystem.ChangeOwner($"{groups.Directory(path)}/{file}", uid, gid);
        }
    }
}
