using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>The symlinks of one unit directory and of the .wants/ and .requires/ in it, by what they say of which unit.</summary>
internal sealed class DirectoryLinks
{
    private readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _byTarget = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _dependencies = new(StringComparer.Ordinal);

    public DirectoryLinks(IUnitFileSystem files, string directory)
    {
        foreach (var entry in files.Entries(directory))
        {
            if (HiddenFile.Is(entry.Name))
            {
                continue;
            }

            var path = PathText.Join(directory, entry.Name);
            if (entry.Kind == FileKind.Symlink && files.ReadLink(path) is { } target)
            {
                _targets[entry.Name] = PathText.FileName(target);
                Add(_byTarget, PathText.FileName(target), entry.Name);
            }
            else if (entry.Kind == FileKind.Directory
                && (entry.Name.EndsWith(".wants", StringComparison.Ordinal) || entry.Name.EndsWith(".requires", StringComparison.Ordinal)))
            {
                TakeDependencies(files, path);
            }
        }
    }

    /// <summary>Links that make the unit wanted or required, or an instance of it.</summary>
    public IReadOnlyList<string> Dependencies(string unit) => _dependencies.TryGetValue(unit, out var found) ? found : [];

    public IReadOnlyList<string> LinksTo(string unit) => _byTarget.TryGetValue(unit, out var found) ? found : [];

    public bool HasLink(string name) => _targets.ContainsKey(name);

    public bool HasLink(string name, string target) =>
        _targets.TryGetValue(name, out var found) && string.Equals(found, target, StringComparison.Ordinal);

    private static void Add(Dictionary<string, List<string>> lists, string key, string value)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }

    private void TakeDependencies(IUnitFileSystem files, string directory)
    {
        foreach (var entry in files.Entries(directory))
        {
            if (entry.Kind != FileKind.Symlink || HiddenFile.Is(entry.Name))
            {
                continue;
            }

            Add(_dependencies, entry.Name, entry.Name);
            if (UnitName.TryParse(entry.Name, UnitNameFlags.Instance, out var name))
            {
                Add(_dependencies, name.Template!.Text, entry.Name);
            }
        }
    }
}
