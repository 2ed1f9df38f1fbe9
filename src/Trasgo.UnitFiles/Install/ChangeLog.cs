using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>What an operation did, in the order in which it happened.</summary>
internal sealed class ChangeLog(UnitSearchPath search)
{
    public List<InstallChange> Changes { get; } = [];

    public void Symlinked(string path, string target) => Add(InstallChangeType.Symlink, search.Outside(path), target);

    public void Unlinked(string path) => Add(InstallChangeType.Unlink, search.Outside(path), "");

    /// <summary>A remark about a unit, by its file where it has one.</summary>
    public void Remark(InstallChangeType type, string nameOrPath, string source = "") =>
        Add(type, Shown(nameOrPath), Shown(source));

    /// <summary>A failure at a path of ours.</summary>
    public InstallError FailedAt(InstallError error, string path, string source = "") => Failed(error, Shown(path), source);

    /// <summary>A failure of something that the user or a unit file wrote; it is quoted as it stands.</summary>
    public InstallError Failed(InstallError error, string text, string source = "")
    {
        Changes.Add(new InstallChange(InstallChangeType.Failed, Simple(text), Simple(source), error));
        return error;
    }

    private string Shown(string text) => PathText.IsAbsolute(text) ? search.Outside(text) : text;

    private static string Simple(string text) => text.Length == 0 ? text : PathText.Simplify(text);

    private void Add(InstallChangeType type, string path, string source) =>
        Changes.Add(new InstallChange(type, Simple(path), Simple(source)));
}
