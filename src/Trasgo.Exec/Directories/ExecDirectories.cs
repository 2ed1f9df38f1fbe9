using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec;

/// <summary>
/// Makes the directories of RuntimeDirectory= and its siblings, with their mode and owner, before a command starts. It may have to change
/// the owner of a whole tree, so it is a spawn program's preparation, on the spawner's thread. An existing directory that belongs to the
/// right user already is not searched; below ConfigurationDirectory= nothing that exists is changed.
/// </summary>
internal sealed class ExecDirectories
{
    private const uint ParentMode = 0x1ED;
    private const int MaximumDepth = 128;

    private readonly List<Item> _items = [];
    private readonly uint _uid;
    private readonly uint _gid;

    public ExecDirectories(ExecConfig config, DirectoryPrefixes prefixes, uint uid, uint gid)
    {
        _uid = uid;
        _gid = gid;
        Add(config.RuntimeDirectory, prefixes.Runtime, SpawnStep.RuntimeDirectory);
        Add(config.StateDirectory, prefixes.State, SpawnStep.StateDirectory);
        Add(config.CacheDirectory, prefixes.Cache, SpawnStep.CacheDirectory);
        Add(config.LogsDirectory, prefixes.Logs, SpawnStep.LogsDirectory);
        Add(config.ConfigurationDirectory, prefixes.Configuration, SpawnStep.ConfigurationDirectory);
    }

    /// <summary>The settings name any.</summary>
    public static bool AreNamed(ExecConfig config) =>
        config.RuntimeDirectory.Items.Count + config.StateDirectory.Items.Count + config.CacheDirectory.Items.Count + config.LogsDirectory.Items.Count +
        config.ConfigurationDirectory.Items.Count > 0;

    /// <summary>The variables that name the directories.</summary>
    public static void SetVariables(EnvironmentBlock block, ExecConfig config, DirectoryPrefixes prefixes)
    {
        Set("RUNTIME_DIRECTORY", config.RuntimeDirectory, prefixes.Runtime);
        Set("STATE_DIRECTORY", config.StateDirectory, prefixes.State);
        Set("CACHE_DIRECTORY", config.CacheDirectory, prefixes.Cache);
        Set("LOGS_DIRECTORY", config.LogsDirectory, prefixes.Logs);
        Set("CONFIGURATION_DIRECTORY", config.ConfigurationDirectory, prefixes.Configuration);

        void Set(string name, ExecDirectory directory, string prefix)
        {
            if (directory.Items.Count > 0)
            {
                block.Set(name, PathsOf(directory, prefix));
            }
        }
    }

    private static string PathsOf(ExecDirectory directory, string prefix) =>
        string.Join(':', directory.Items.Select(item => Path.Combine(prefix, item.Path)));

    /// <summary>Makes them all; the first failure ends it.</summary>
    public SpawnFailure? Make()
    {
        foreach (var item in _items)
        {
            var error = Make(item);
            if (error != Errno.None)
            {
                return new SpawnFailure(item.Step, error, $"Failed to set up special execution directory {item.Path}");
            }
        }

        return null;
    }

    /// <summary>Removes the runtime directories when the unit is down, links included. Never follows a link out of them.</summary>
    public static void RemoveRuntime(ExecConfig config, DirectoryPrefixes prefixes)
    {
        foreach (var item in config.RuntimeDirectory.Items)
        {
            FileTree.Remove(Path.Combine(prefixes.Runtime, item.Path), MaximumDepth);
            foreach (var link in item.Symlinks)
            {
                var path = Path.Combine(prefixes.Runtime, link);
                if (FileSystem.Status(path, followLinks: false) is { Ok: true, Value.IsSymlink: true })
                {
                    FileSystem.Remove(path);
                }
            }
        }
    }

    private void Add(ExecDirectory directory, string prefix, SpawnStep step)
    {
        foreach (var item in directory.Items)
        {
            _items.Add(new Item(Path.Combine(prefix, item.Path), directory.Mode, step, [.. item.Symlinks.Select(l => Path.Combine(prefix, l))]));
        }
    }

    private Errno Make(Item item)
    {
        var error = Path.GetDirectoryName(item.Path) is { } parent ? FileSystem.MakeDirectories(parent, ParentMode) : Errno.None;
        if (error != Errno.None)
        {
            return error;
        }

        error = FileSystem.MakeDirectory(item.Path, item.Mode);
        if (error == Errno.EEXIST && item.Step == SpawnStep.ConfigurationDirectory)
        {
            return Errno.None;
        }

        if (error is not (Errno.None or Errno.EEXIST))
        {
            return error;
        }

        error = Settle(item);
        return error == Errno.None ? MakeLinks(item) : error;
    }

    /// <summary>Through one descriptor, so that what was looked at is what is changed (CVE-2017-18078, CVE-2018-6954).</summary>
    private Errno Settle(Item item)
    {
        var opened = FileSystem.Open(item.Path, OpenFlags.ReadOnly | OpenFlags.Directory);
        if (!opened.Ok)
        {
            return opened.Error;
        }

        using var directory = opened.Value;
        var status = FileSystem.Status(directory);
        if (!status.Ok)
        {
            return status.Error;
        }

        var error = status.Value.Permissions == item.Mode ? Errno.None : FileSystem.ChangeMode(directory, item.Mode);
        return error == Errno.None && (status.Value.Uid != _uid || status.Value.Gid != _gid)
            ? FileTree.ChangeOwner(directory, _uid, _gid, item.Mode, MaximumDepth)
            : error;
    }

    private static Errno MakeLinks(Item item)
    {
        foreach (var link in item.Links)
        {
            var directory = Path.GetDirectoryName(link) ?? "/";
            var wanted = Path.GetRelativePath(directory, item.Path);
            var error = FileSystem.MakeDirectories(directory, ParentMode);
            error = error == Errno.None ? FileSystem.MakeSymlink(wanted, link) : error;
            if (error == Errno.EEXIST && FileSystem.ReadLink(link) is { Ok: true, Value: var target } && target == wanted)
            {
                continue;
            }

            if (error != Errno.None)
            {
                return error;
            }
        }

        return Errno.None;
    }

    private sealed record Item(string Path, uint Mode, SpawnStep Step, string[] Links);
}
