using Trasgo.Engine.Units;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>Which generators there are (systemd.generator(7)).</summary>
internal static class GeneratorFinder
{
    /// <summary>
    /// The programs in the order of their names. One in an earlier directory takes the place of those of its name in later
    /// ones, and an empty file or a link to /dev/null takes it without being run. Our own come after all directories.
    /// </summary>
    public static List<GeneratorProgram> Find(IReadOnlyList<string> directories, IReadOnlyList<OwnGenerator> own, IUnitFileSystem files)
    {
        var found = new SortedDictionary<string, GeneratorProgram?>(StringComparer.Ordinal);
        foreach (var directory in directories)
        {
            foreach (var name in files.List(directory))
            {
                if (DirectoryContents.IsHiddenOrBackup(name) || found.ContainsKey(name))
                {
                    continue;
                }

                var path = directory + "/" + name;
                if (files.IsNullOrEmpty(path))
                {
                    found.Add(name, null);
                }
                else if (files.Stat(path, followLinks: true, out _) == FileKind.File && Linux.FileSystem.IsExecutable(path))
                {
                    found.Add(name, GeneratorProgram.OfFile(path));
                }
            }
        }

        foreach (var generator in own)
        {
            if (!found.ContainsKey(generator.FileName) && Array.Exists(generator.Inputs, path => files.Stat(path, followLinks: true, out _) != FileKind.Missing))
            {
                found.Add(generator.FileName, GeneratorProgram.Of(generator));
            }
        }

        return [.. found.Values.OfType<GeneratorProgram>()];
    }

    public static List<string> Directories(RuntimeScope scope, IReadOnlyDictionary<string, string> env)
    {
        var kind = scope == RuntimeScope.System ? "system" : "user";
        return EnvironmentPath.Resolve(
            env,
            "SYSTEMD_GENERATOR_PATH",
            [
                $"/run/systemd/{kind}-generators",
                $"/etc/systemd/{kind}-generators",
                $"/usr/local/lib/systemd/{kind}-generators",
                $"/usr/lib/systemd/{kind}-generators",
            ]);
    }
}
