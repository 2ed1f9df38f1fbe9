using System.Text;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Unit files that exist in a dictionary only. A directory exists as soon as something lies in it.</summary>
internal sealed class MemoryFiles : IUnitFileSystem
{
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal) { ["/dev/null"] = new(FileKind.Device, [], null, 1) };
    private ulong _clock = 1;

    /// <summary>Directories that somebody wrote into, with the time of it.</summary>
    private readonly Dictionary<string, ulong> _directories = new(StringComparer.Ordinal) { ["/"] = 1, ["/dev"] = 1 };

    public void Write(string path, string text) => Put(path, new Node(FileKind.File, Encoding.UTF8.GetBytes(text), null, ++_clock));

    public void Link(string target, string path) => Put(path, new Node(FileKind.Symlink, [], target, ++_clock));

    public FileKind Stat(string path, bool followLinks, out FileStamp stamp)
    {
        var resolved = followLinks ? Resolve(path) : ResolveParent(path);
        if (resolved is not null && _nodes.TryGetValue(resolved, out var node))
        {
            stamp = new FileStamp(node.Modified, node.Bytes.Length, (ulong)resolved.GetHashCode(StringComparison.Ordinal), 1);
            return node.Kind;
        }

        if (resolved is not null && _directories.TryGetValue(resolved, out var modified))
        {
            stamp = new FileStamp(modified, 0, (ulong)resolved.GetHashCode(StringComparison.Ordinal), 1);
            return FileKind.Directory;
        }

        stamp = default;
        return FileKind.Missing;
    }

    public string? ReadLink(string path) => ResolveParent(path) is { } at ? _nodes.GetValueOrDefault(at)?.Target : null;

    public string[] List(string directory) => [.. Entries(directory).Select(static entry => entry.Name)];

    public FileEntry[] Entries(string directory)
    {
        if (Resolve(directory) is not { } at || !_directories.ContainsKey(at))
        {
            return [];
        }

        var prefix = at == "/" ? "/" : at + "/";
        return
        [
            .. _nodes.Where(pair => IsChild(pair.Key, prefix)).Select(pair => new FileEntry(pair.Key[prefix.Length..], pair.Value.Kind)),
            .. _directories.Keys.Where(path => IsChild(path, prefix)).Select(path => new FileEntry(path[prefix.Length..], FileKind.Directory)),
        ];
    }

    public byte[]? Read(string path, int limit, out FileError error)
    {
        var node = Resolve(path) is { } at ? _nodes.GetValueOrDefault(at) : null;
        error = node is null ? FileError.NotFound : node.Bytes.Length > limit ? FileError.TooLarge : FileError.None;
        return error == FileError.None ? node!.Bytes : null;
    }

    public FileError WriteSymlink(string target, string path, bool replace = false)
    {
        if (!replace && _nodes.ContainsKey(path))
        {
            return FileError.Exists;
        }

        Link(target, path);
        return FileError.None;
    }

    public FileError Remove(string path)
    {
        Touch(path);
        return _nodes.Remove(path) ? FileError.None : FileError.NotFound;
    }

    public FileError MakeDirectories(string path)
    {
        for (var at = path; at.Length > 1; at = Parent(at))
        {
            _directories.TryAdd(at, ++_clock);
        }

        return FileError.None;
    }

    public FileError WriteAtomically(string path, ReadOnlySpan<byte> contents)
    {
        Put(path, new Node(FileKind.File, contents.ToArray(), null, ++_clock));
        return FileError.None;
    }

    public FileError RemoveDirectoryIfEmpty(string path)
    {
        if (Entries(path).Length > 0)
        {
            return FileError.NotEmpty;
        }

        return _directories.Remove(path) ? FileError.None : FileError.NotFound;
    }

    private static bool IsChild(string path, string prefix) =>
        path.Length > prefix.Length && path.StartsWith(prefix, StringComparison.Ordinal) && path.IndexOf('/', prefix.Length) < 0;

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "/";

    private void Put(string path, Node node)
    {
        MakeDirectories(Parent(path));
        _nodes[path] = node;
        Touch(path);
    }

    private void Touch(string path) => _directories[Parent(path)] = ++_clock;

    private string? Resolve(string path)
    {
        for (var hop = 0; hop < 16; hop++)
        {
            if (!_nodes.TryGetValue(path, out var node) || node.Target is not { } target)
            {
                return path;
            }

            path = Path.GetFullPath(target, Parent(path));
        }

        return null;
    }

    private string? ResolveParent(string path) =>
        Resolve(Parent(path)) is { } parent ? (parent == "/" ? "" : parent) + path[path.LastIndexOf('/')..] : null;

    private sealed record Node(FileKind Kind, byte[] Bytes, string? Target, ulong Modified);
}
