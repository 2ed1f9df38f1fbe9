namespace Trasgo.UnitFiles.Tests.Support;

/// <summary>A directory of files for one test, gone afterwards.</summary>
internal sealed class TemporaryTree : IDisposable
{
    public TemporaryTree() => Root = Directory.CreateTempSubdirectory("trasgo-unitfiles-").FullName;

    public string Root { get; }

    public string Path(string path) => Root + path;

    public TemporaryTree File(string path, string text)
    {
        Parent(path);
        System.IO.File.WriteAllText(Root + path, text);
        return this;
    }

    public TemporaryTree Link(string path, string target)
    {
        Parent(path);
        System.IO.File.CreateSymbolicLink(Root + path, target);
        return this;
    }

    public TemporaryTree Dir(string path)
    {
        Directory.CreateDirectory(Root + path);
        return this;
    }

    /// <summary>Every entry below the root, with the targets of links and the sizes of files, sorted.</summary>
    public string Listing()
    {
        var lines = new List<string>();
        Walk("", lines);
        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Parent(string path) => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Root + path)!);

    private void Walk(string directory, List<string> lines)
    {
        foreach (var info in new DirectoryInfo(Root + directory).EnumerateFileSystemInfos())
        {
            var path = $"{directory}/{info.Name}";
            if (info.LinkTarget is { } target)
            {
                lines.Add($"{path} -> {target.Replace(Root, "", StringComparison.Ordinal)}");
            }
            else if (info is DirectoryInfo)
            {
                lines.Add(path + "/");
                Walk(path, lines);
            }
            else
            {
                lines.Add($"{path} {((FileInfo)info).Length}");
            }
        }
    }
}
