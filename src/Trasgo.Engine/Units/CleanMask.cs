using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>What of a unit is removed from disk, as `systemctl clean --what=` names it.</summary>
[Flags]
internal enum CleanMask
{
    None = 0,
    Runtime = 1,
    State = 2,
    Cache = 4,
    Logs = 8,
    Configuration = 16,
    All = Runtime | State | Cache | Logs | Configuration,
}

internal static class CleanMasks
{
    private static readonly CleanMask[] s_kinds = [CleanMask.Runtime, CleanMask.State, CleanMask.Cache, CleanMask.Logs, CleanMask.Configuration];

    private static readonly string[] s_words = ["runtime", "state", "cache", "logs", "configuration"];

    public static bool TryParse(string word, out CleanMask mask)
    {
        var index = Array.IndexOf(s_words, word);
        mask = word == "all" ? CleanMask.All : index >= 0 ? s_kinds[index] : CleanMask.None;
        return mask != CleanMask.None;
    }

    /// <summary>The words for what is set, in systemd's order.</summary>
    public static IEnumerable<string> Words(this CleanMask mask)
    {
        for (var i = 0; i < s_kinds.Length; i++)
        {
            if (mask.HasFlag(s_kinds[i]))
            {
                yield return s_words[i];
            }
        }
    }

    /// <summary>What there is to be removed by these settings.</summary>
    public static CleanMask Of(ExecConfig exec)
    {
        var mask = CleanMask.None;
        foreach (var kind in s_kinds)
        {
            mask |= Directory(exec, kind).Items.Count > 0 ? kind : CleanMask.None;
        }

        return mask;
    }

    /// <summary>The trees that go: the directories, those of DynamicUser= below private/, and the links to them.</summary>
    public static List<string> Paths(CleanMask mask, ExecConfig exec, DirectoryLayout layout)
    {
        var paths = new List<string>();
        foreach (var kind in s_kinds)
        {
            if (mask.HasFlag(kind))
            {
                Add(paths, Directory(exec, kind), Root(layout, kind), hasPrivate: kind != CleanMask.Configuration);
            }
        }

        return paths;
    }

    private static void Add(List<string> paths, ExecDirectory directory, string root, bool hasPrivate)
    {
        foreach (var item in directory.Items)
        {
            paths.Add($"{root}/{item.Path}");
            if (hasPrivate)
            {
                paths.Add($"{root}/private/{item.Path}");
            }

            foreach (var link in item.Symlinks)
            {
                paths.Add($"{root}/{link}");
            }
        }
    }

    private static ExecDirectory Directory(ExecConfig exec, CleanMask kind) => kind switch
    {
        CleanMask.Runtime => exec.RuntimeDirectory,
        CleanMask.State => exec.StateDirectory,
        CleanMask.Cache => exec.CacheDirectory,
        CleanMask.Logs => exec.LogsDirectory,
        CleanMask.Configuration => exec.ConfigurationDirectory,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    private static string Root(DirectoryLayout layout, CleanMask kind) => kind switch
    {
        CleanMask.Runtime => layout.Runtime,
        CleanMask.State => layout.State,
        CleanMask.Cache => layout.Cache,
        CleanMask.Logs => layout.Logs,
        CleanMask.Configuration => layout.Configuration,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
