using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>Finds the file of a unit, follows aliases and links to it, and reads its [Install] section.</summary>
internal sealed class InstallLoader(
    UnitSearchPath search, IUnitFileSystem files, InstallSection section, DirectoryRoles roles, ChangeLog log, IDiagnostics sink)
{
    private const int MaxLinks = 64;

    private readonly List<string> _inside = [.. search.All];

    /// <summary>As Discover, and the unit must be one that users install: neither masked nor generated.</summary>
    public InstallError DiscoverInstallable(InstallContext context, string nameOrPath, SearchFlags flags, out InstallInfo info)
    {
        var error = Discover(context, nameOrPath, flags, out info);
        if (error != InstallError.None)
        {
            return error;
        }

        if (info.Mode == InstallMode.Masked)
        {
            return log.FailedAt(InstallError.Masked, info.Path!);
        }

        return roles.IsGenerator(info.Path!) || roles.IsTransient(info.Path!)
            ? log.FailedAt(InstallError.Generated, info.Path!)
            : InstallError.None;
    }

    /// <summary>Adds the unit and finds what it is in the end; a failure is logged.</summary>
    public InstallError Discover(InstallContext context, string nameOrPath, SearchFlags flags, out InstallInfo info)
    {
        var error = Lookup(context, nameOrPath, flags, out info);
        return error == InstallError.None ? error : log.Failed(error, nameOrPath);
    }

    /// <summary>As Discover, in silence.</summary>
    public InstallError Lookup(InstallContext context, string nameOrPath, SearchFlags flags, out InstallInfo info)
    {
        info = null!;
        InstallError error;
        if (!PathText.IsAbsolute(nameOrPath))
        {
            error = context.Add(nameOrPath, path: null, auxiliary: false, out info);
        }
        else if (PathText.IsSafe(nameOrPath) && !nameOrPath.AsSpan().ContainsAnyInRange('\0', '\x1f'))
        {
            error = context.Add(PathText.FileName(nameOrPath), nameOrPath, auxiliary: false, out info);
        }
        else
        {
            error = InstallError.Invalid;
        }

        return error == InstallError.None ? Traverse(context, ref info, flags) : error;
    }

    /// <summary>Whether no unit of that name is to be found; one that merely cannot be used is there.</summary>
    public bool IsMissing(string name) =>
        Lookup(new InstallContext(), name, SearchFlags.None, out _) == InstallError.Missing;

    /// <summary>Follows links until the unit is a file or masked; an alias makes <paramref name="info"/> another unit.</summary>
    public InstallError Traverse(InstallContext context, ref InstallInfo info, SearchFlags flags)
    {
        var error = Search(context, info, flags);
        for (var links = 0; error == InstallError.None && info.IsLink; links++)
        {
            if (links >= MaxLinks || (!flags.HasFlag(SearchFlags.FollowConfigSymlinks) && roles.IsConfig(info.Path!)))
            {
                return InstallError.Linked;
            }

            // A linked file may be called anything.
            error = Follow(context, info, flags, anyName: info.Mode == InstallMode.Linked);
            if (error == InstallError.BadReference && info.SymlinkTarget is not null)
            {
                error = SwitchToTarget(context, ref info, flags);
            }
        }

        return error;
    }

    /// <summary>Finds the unit in the search path, an instance also by its template, and loads it with its drop-ins.</summary>
    public InstallError Search(InstallContext context, InstallInfo info, SearchFlags flags)
    {
        if (info.Mode != InstallMode.Unknown)
        {
            return InstallError.None;
        }

        if (info.Path is { } path)
        {
            return Load(context, info, path, flags);
        }

        var template = UnitName.TryParse(info.Name, UnitNameFlags.Instance, out var instance) ? instance.Template!.Text : null;
        var error = SearchName(context, info, info.Name, flags);
        if (error == InstallError.Missing && template is not null)
        {
            error = SearchName(context, info, template, flags);
        }

        return error != InstallError.None || info.Mode == InstallMode.Masked || !flags.HasFlag(SearchFlags.Load)
            ? error
            : LoadDropIns(context, info, template);
    }

    private InstallError SearchName(InstallContext context, InstallInfo info, string name, SearchFlags flags)
    {
        foreach (var directory in search.All)
        {
            var path = PathText.Join(directory, name);
            switch (Load(context, info, path, flags))
            {
                case InstallError.None:
                    info.Path = path;
                    return InstallError.None;
                case InstallError.Missing or InstallError.NotDirectory or InstallError.Denied:
                    break;
                case var error:
                    return error;
            }
        }

        return InstallError.Missing;
    }

    private InstallError LoadDropIns(InstallContext context, InstallInfo info, string? template)
    {
        var directories = search.All.Select(d => $"{d}/{info.Name}.d");
        if (template is not null)
        {
            directories = directories.Concat(search.All.Select(d => $"{d}/{template}.d"));
        }

        foreach (var path in DropIns.FilesOf(files, directories, ".conf"))
        {
            if (!files.Exists(path))
            {
                return InstallError.Missing;
            }

            if (!files.IsNullOrEmpty(path) && ReadSection(context, info, path) is var error && error != InstallError.None)
            {
                return error;
            }
        }

        return InstallError.None;
    }

    private InstallError Load(InstallContext context, InstallInfo info, string path, SearchFlags flags)
    {
        var name = UnitName.Parse(info.Name);
        if (!name.IsPlain && !UnitLinks.MayTemplate(name.Type))
        {
            return InstallError.Invalid;
        }

        var load = flags.HasFlag(SearchFlags.Load);
        switch (files.Stat(path, followLinks: false, out var stamp))
        {
            case FileKind.Missing:
                return InstallError.Missing;
            case FileKind.Symlink:
                return ReadLink(info, path);
            case FileKind.Device:
            case FileKind.File when stamp.Size == 0:
                info.Mode = InstallMode.Masked;
                return InstallError.None;
            case FileKind.Directory:
                return InstallError.IsDirectory;
            case FileKind.File:
                var error = load ? ReadSection(context, info, path) : InstallError.None;
                info.Mode = error == InstallError.None ? InstallMode.Regular : info.Mode;
                return error;
            default:
                return load ? InstallError.WrongKind : InstallError.NotFile;
        }
    }

    private InstallError ReadSection(InstallContext context, InstallInfo info, string path) =>
        files.Read(path, UnitFileSource.SizeLimit, out var error) is { } bytes
            ? section.Read(context, info, bytes, path)
            : (InstallError)error;

    private InstallError ReadLink(InstallInfo info, string path)
    {
        var link = UnitLinkResolver.Resolve(files, _inside, PathText.Directory(path), PathText.FileName(path), sink);
        if (link.Kind == UnitLinkKind.Invalid)
        {
            return link.Verdict switch
            {
                AliasVerdict.BadSource => InstallError.Invalid,
                AliasVerdict.BadTarget => InstallError.BadReference,
                _ => InstallError.Linked,
            };
        }

        info.SymlinkTarget = link.Target;
        info.Mode = link.Target is "/dev/null" || files.IsNullOrEmpty(link.Target) ? InstallMode.Masked
            : link.Kind == UnitLinkKind.Linked ? InstallMode.Linked
            : InstallMode.Alias;
        return InstallError.None;
    }

    private InstallError Follow(InstallContext context, InstallInfo info, SearchFlags flags, bool anyName)
    {
        var target = info.SymlinkTarget!;
        if (!anyName && !string.Equals(PathText.FileName(target), info.Name, StringComparison.Ordinal))
        {
            return InstallError.BadReference;
        }

        info.Path = target;
        info.SymlinkTarget = null;
        info.Mode = InstallMode.Unknown;
        return Load(context, info, target, flags);
    }

    /// <summary>The alias stands for a unit of another name, which is looked up in its own right.</summary>
    private InstallError SwitchToTarget(InstallContext context, ref InstallInfo info, SearchFlags flags)
    {
        var name = PathText.FileName(info.SymlinkTarget!);
        if (UnitName.TryParse(info.Name, UnitNameFlags.Instance, out var instance)
            && UnitName.TryParse(name, UnitNameFlags.Template, out var template))
        {
            if (template.WithInstance(instance.Instance!) is not { } built)
            {
                return InstallError.Invalid;
            }

            if (string.Equals(built.Text, info.Name, StringComparison.Ordinal))
            {
                // The link is the instance's own, to its template.
                return Follow(context, info, flags, anyName: true);
            }

            name = built.Text;
        }

        var error = context.Add(name, path: null, auxiliary: false, out info);
        if (error != InstallError.None)
        {
            return error;
        }

        error = Search(context, info, flags);
        return error == InstallError.Missing ? InstallError.Dangling : error;
    }
}
