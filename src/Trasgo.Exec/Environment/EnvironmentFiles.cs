using System.Text;
using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec;

/// <summary>Reads the files of EnvironmentFile=, patterns included, when a process is about to be started.</summary>
internal static class EnvironmentFiles
{
    private const int Limit = 1024 * 1024;

    /// <summary>The assignments of all files in their order; the error of the first that may not be missing.</summary>
    public static Result<List<string>> Load(List<OptionalPath> paths)
    {
        var entries = new List<string>();
        foreach (var (path, missingOk) in paths)
        {
            var error = Load(path, entries);
            if (error != Errno.None && !missingOk)
            {
                return error;
            }
        }

        return entries;
    }

    private static Errno Load(string pattern, List<string> entries)
    {
        if (!pattern.StartsWith('/'))
        {
            return Errno.EINVAL;
        }

        var files = PathPattern.Expand(pattern);
        if (files.Count == 0)
        {
            return Errno.ENOENT;
        }

        foreach (var file in files)
        {
            var bytes = FileSystem.Read(file, Limit);
            if (!bytes.Ok)
            {
                return bytes.Error;
            }

            if (!System.Text.Unicode.Utf8.IsValid(bytes.Value))
            {
                return Errno.EINVAL;
            }

            var text = Encoding.UTF8.GetString(bytes.Value);
            var nul = text.IndexOf('\0');
            entries.AddRange(EnvironmentFile.Parse(nul < 0 ? text : text[..nul]));
        }

        return Errno.None;
    }
}
