using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>
/// systemctl's verbs on unit files: everything they do is to make and remove symlinks in the unit directories, so that a
/// manager finds them the next time it reads them. Results are those of systemd 252, change for change; the exceptions
/// are that no link is made through a directory outside the unit directories, and that paths with ".." or control
/// characters are refused.
/// </summary>
internal sealed partial class UnitFileInstaller
{
    private readonly UnitSearchPath _search;
    private readonly IUnitFileSystem _files;
    private readonly IDiagnostics _sink;
    private readonly DirectoryRoles _roles;
    private readonly InstallSection _section;
    private readonly InstallSection _presetSection;

    public UnitFileInstaller(UnitSearchPath search, IUnitFileSystem files, ISpecifierHost host, IDiagnostics? sink = null)
    {
        _search = search;
        _files = files;
        _sink = sink ?? NullDiagnostics.Instance;
        _roles = new DirectoryRoles(search);
        _section = new InstallSection(search.Scope, host, _sink);

        // Presets of users' units resolve %u as the system's would: systemd leaves the scope unset there.
        _presetSection = new InstallSection(RuntimeScope.System, host, _sink);
    }

    public InstallResult Enable(IReadOnlyList<string> namesOrPaths, UnitFileFlags flags = UnitFileFlags.None) =>
        Run(flags, (operation, config) => Enable(operation, namesOrPaths, flags, config));

    public InstallResult Disable(IReadOnlyList<string> names, UnitFileFlags flags = UnitFileFlags.None) =>
        Run(flags, (operation, config) => Disable(operation, names, flags, config));

    /// <summary>Disables by name, then enables by what was found under the names before.</summary>
    public InstallResult Reenable(IReadOnlyList<string> namesOrPaths, UnitFileFlags flags = UnitFileFlags.None) =>
        Run(flags, (operation, config) =>
        {
            var names = new List<string>();
            var found = new List<string>();
            foreach (var text in namesOrPaths)
            {
                var name = PathText.FileName(text);
                if (name.Length == 0)
                {
                    return InstallError.IsDirectory;
                }

                names.Add(name);
                found.Add(LinkedFile(text, name) ?? text);
            }

            var disabled = Disable(operation, names, flags, config);
            return disabled.Failed ? disabled : Enable(operation, found, flags, config);
        });

    /// <summary>Makes unit files of any directory known by a link in a unit directory.</summary>
    public InstallResult Link(IReadOnlyList<string> paths, UnitFileFlags flags = UnitFileFlags.None) =>
        Run(flags & ~UnitFileFlags.Portable, (operation, config) =>
        {
            var todo = new List<string>();
            foreach (var path in paths)
            {
                var error = CheckLinkable(path, out var needed);
                if (error != InstallError.None)
                {
                    return operation.Log.Failed(error, path);
                }

                if (needed && !todo.Contains(path, StringComparer.Ordinal))
                {
                    todo.Add(path);
                }
            }

            var result = InstallError.None;
            foreach (var path in todo)
            {
                var link = operation.Links.Link(path, PathText.Join(config, PathText.FileName(path)), flags.HasFlag(UnitFileFlags.Force));
                result = result == InstallError.None ? link.Error : result;
            }

            return result;
        });

    /// <summary>systemctl add-wants and add-requires.</summary>
    public InstallResult AddDependency(
        IReadOnlyList<string> names, string target, bool requires, UnitFileFlags flags = UnitFileFlags.None) =>
        Run(flags & ~UnitFileFlags.Portable, (operation, config) =>
        {
            if (!UnitName.IsValid(target))
            {
                return operation.Log.Failed(InstallError.BadName, target);
            }

            var context = new InstallContext();
            var error = operation.Loader.DiscoverInstallable(context, target, SearchFlags.FollowConfigSymlinks, out var wanter);
            foreach (var name in names)
            {
                if (error != InstallError.None)
                {
                    return error;
                }

                error = operation.Loader.DiscoverInstallable(context, name, SearchFlags.FollowConfigSymlinks, out var info);
                if (error == InstallError.None)
                {
                    var list = requires ? info.RequiredBy : info.WantedBy;
                    list.Clear();
                    list.Add(wanter.Name);
                }
            }

            return error != InstallError.None
                ? error
                : operation.Applier.Apply(context, flags, config, SearchFlags.FollowConfigSymlinks);
        });

    public InstallResult SetDefault(string target, UnitFileFlags flags = UnitFileFlags.None)
    {
        if (!UnitName.TryParse(target, out var name) || name.Type != UnitType.Target || name.Text is "default.target")
        {
            return new InstallResult([], InstallError.Invalid, 0);
        }

        return Run(flags & UnitFileFlags.Force, (operation, config) =>
        {
            var error = operation.Loader.DiscoverInstallable(new InstallContext(), target, SearchFlags.None, out var info);
            return error != InstallError.None
                ? error
                : operation.Links.Link(info.Path!, PathText.Join(config, "default.target"), flags.HasFlag(UnitFileFlags.Force));
        });
    }

    private InstallResult Run(UnitFileFlags flags, Func<Operation, string, Outcome> action) => Run(flags, _section, action);

    private InstallResult Run(UnitFileFlags flags, InstallSection section, Func<Operation, string, Outcome> action)
    {
        var directory = (flags & (UnitFileFlags.Runtime | UnitFileFlags.Portable)) switch
        {
            UnitFileFlags.Runtime => _search.RuntimeConfig,
            UnitFileFlags.Portable => _search.PersistentAttached,
            UnitFileFlags.Runtime | UnitFileFlags.Portable => _search.RuntimeAttached,
            _ => _search.PersistentConfig,
        };
        if (directory is null)
        {
            return new InstallResult([], InstallError.NoDirectory, 0);
        }

        var operation = new Operation(this, section);
        var outcome = action(operation, directory);
        return new InstallResult(operation.Log.Changes, outcome.Error, outcome.Count);
    }

    private static Outcome Enable(Operation operation, IReadOnlyList<string> namesOrPaths, UnitFileFlags flags, string config)
    {
        var context = new InstallContext();
        foreach (var name in namesOrPaths)
        {
            var error = operation.Loader.DiscoverInstallable(
                context, name, SearchFlags.Load | SearchFlags.FollowConfigSymlinks, out _);
            if (error != InstallError.None)
            {
                return error;
            }
        }

        return operation.Applier.Apply(context, flags, config, SearchFlags.Load);
    }

    private Outcome Disable(Operation operation, IReadOnlyList<string> names, UnitFileFlags flags, string config)
    {
        var context = new InstallContext();
        foreach (var name in names)
        {
            if (!UnitName.IsValid(name))
            {
                return operation.Log.Failed(InstallError.BadName, name);
            }

            var error = context.Add(name, path: null, auxiliary: false, out _);
            if (error != InstallError.None)
            {
                return error;
            }
        }

        var remover = new LinkRemover(_files, operation.Log);
        MarkForRemoval(operation, context, remover);
        return remover.RemoveAll(config, flags.HasFlag(UnitFileFlags.DryRun));
    }

    /// <summary>Units that are not there are marked as well: their links may have outlived them.</summary>
    private static void MarkForRemoval(Operation operation, InstallContext context, LinkRemover remover)
    {
        while (context.TakeNext() is { } info)
        {
            var unit = info;
            var error = operation.Loader.Traverse(context, ref unit, SearchFlags.Load | SearchFlags.FollowConfigSymlinks);
            var shown = info.Path ?? info.Name;
            switch (error)
            {
                case InstallError.None when info.Mode == InstallMode.Masked:
                    operation.Log.Remark(InstallChangeType.IsMasked, shown);
                    continue;
                case InstallError.None when info.Mode != InstallMode.Regular:
                    continue;
                case InstallError.Dangling:
                    operation.Log.Remark(InstallChangeType.IsDangling, shown);
                    break;
                case InstallError.None:
                case InstallError.Missing when info.Auxiliary:
                    break;
                default:
                    operation.Log.FailedAt(error, shown);
                    break;
            }

            remover.Mark(info.Name);
        }
    }

    /// <summary>The file behind a name, so that a linked unit is linked again. Only with --root=, as in systemd.</summary>
    private string? LinkedFile(string text, string name)
    {
        if (text.Contains('/', StringComparison.Ordinal) || _search.Root is null)
        {
            return null;
        }

        var loader = new Operation(this, _section).Loader;
        return loader.Lookup(
            new InstallContext(), name, SearchFlags.Load | SearchFlags.FollowConfigSymlinks, out var info) == InstallError.None
            ? info.Path
            : null;
    }

    private InstallError CheckLinkable(string path, out bool needed)
    {
        needed = false;
        if (!PathText.IsAbsolute(path) || !PathText.IsSafe(path) || path.AsSpan().ContainsAnyInRange('\0', '\x1f'))
        {
            return InstallError.Invalid;
        }

        if (!UnitName.IsValid(PathText.FileName(path)))
        {
            return InstallError.BadName;
        }

        switch (_files.Stat(path, followLinks: false, out _))
        {
            case FileKind.Missing:
                return InstallError.Missing;
            case FileKind.Directory:
                return InstallError.IsDirectory;
            case FileKind.Symlink:
                return InstallError.Linked;
            case not FileKind.File:
                return InstallError.WrongKind;
        }

        if (_roles.IsInSearchPath(path))
        {
            return InstallError.None;
        }

        needed = true;
        return _roles.IsBelowSearchPath(path) ? InstallError.InHierarchy : InstallError.None;
    }

    /// <summary>The workers of one call, which share its log.</summary>
    private sealed class Operation
    {
        public Operation(UnitFileInstaller owner, InstallSection section)
        {
            Log = new ChangeLog(owner._search);
            Links = new LinkWriter(owner._search, owner._files, Log);
            Loader = new InstallLoader(owner._search, owner._files, section, owner._roles, Log, owner._sink);
            Applier = new InstallApplier(Loader, section, Links, owner._roles, Log);
        }

        public ChangeLog Log { get; }

        public LinkWriter Links { get; }

        public InstallLoader Loader { get; }

        public InstallApplier Applier { get; }
    }
}
