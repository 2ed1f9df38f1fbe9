namespace Trasgo.UnitFiles.Install;

/// <summary>
/// A unit on its way through an operation. It begins as a name or a path; searching finds the path and the mode, loading
/// fills in what [Install] says, and following replaces a link by its target until the mode is Regular or Masked.
/// </summary>
internal sealed class InstallInfo(string name, string? path, bool auxiliary)
{
    public string Name { get; } = name;

    public string? Path { get; set; } = path;

    public InstallMode Mode { get; set; }

    /// <summary>Only named in Also= of another: it may fail without the whole failing.</summary>
    public bool Auxiliary { get; set; } = auxiliary;

    public string? SymlinkTarget { get; set; }

    public string? DefaultInstance { get; set; }

    public List<string> Aliases { get; } = [];

    public List<string> WantedBy { get; } = [];

    public List<string> RequiredBy { get; } = [];

    public List<string> Also { get; } = [];

    public bool HasRules => Aliases.Count + WantedBy.Count + RequiredBy.Count > 0;

    public bool IsLink => Mode is InstallMode.Alias or InstallMode.Linked;

    public bool Knows(string name)
    {
        if (string.Equals(name, Name, StringComparison.Ordinal) || Aliases.Contains(name, StringComparer.Ordinal))
        {
            return true;
        }

        return DefaultInstance is not null
            && Names.UnitName.TryParse(Name, Names.UnitNameFlags.Template, out var template)
            && string.Equals(template.WithInstance(DefaultInstance)?.Text, name, StringComparison.Ordinal);
    }
}
