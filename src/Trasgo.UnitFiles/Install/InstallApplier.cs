using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>Carries out what the [Install] sections of the units in a context say.</summary>
internal sealed class InstallApplier(
    InstallLoader loader, InstallSection section, LinkWriter links, DirectoryRoles roles, ChangeLog log)
{
    /// <summary>
    /// The number of rules there were, not of links made: a client says by it whether the units are meant to be enabled.
    /// </summary>
    public Outcome Apply(InstallContext context, UnitFileFlags flags, string config, SearchFlags search)
    {
        var result = Outcome.Nothing;
        while (context.TakeNext() is { } info)
        {
            var name = info.Name;
            var auxiliary = info.Auxiliary;
            var unit = info;
            var error = loader.Traverse(context, ref unit, search);
            if (error != InstallError.None)
            {
                if (!auxiliary)
                {
                    return log.Failed(error, name);
                }

                log.Remark(InstallChangeType.AuxiliaryFailed, name);
            }
            else if (info.Mode == InstallMode.Masked)
            {
                // Named in Also= of another; as something could have been enabled, that is no empty [Install].
                log.Remark(InstallChangeType.IsMasked, info.Path!);
                result = result.Plus(1);
            }
            else if (info.Mode == InstallMode.Regular)
            {
                result = result.Plus(ApplyOne(info, flags, config));
            }
        }

        return result;
    }

    private Outcome ApplyOne(InstallInfo info, UnitFileFlags flags, string config)
    {
        var force = flags.HasFlag(UnitFileFlags.Force);
        var linked = roles.IsInSearchPath(info.Path!)
            ? Outcome.Nothing
            : links.Link(info.Path!, PathText.Join(config, info.Name), force);
        if (linked.Failed)
        {
            return linked;
        }

        // The link to the file itself is no rule of the unit's.
        var result = Alias(info, config, force);
        result = result.Or(Want(info, flags, config, info.WantedBy, ".wants"));
        return result.Or(Want(info, flags, config, info.RequiredBy, ".requires"));
    }

    private Outcome Alias(InstallInfo info, string config, bool force)
    {
        var result = Outcome.Nothing;
        foreach (var text in info.Aliases)
        {
            var error = section.Expand(info, text, out var alias);
            if (error != InstallError.None)
            {
                result = result.Then(log.Failed(error, text));
                continue;
            }

            error = AliasRules.Check(info.Name, ref alias, log, out var isSelf);
            if (error != InstallError.None)
            {
                result = result.Then(error);
            }
            else if (!isSelf)
            {
                result = result.Then(links.Link(info.Path!, PathText.Join(config, alias), force));
            }
        }

        return result;
    }

    private Outcome Want(InstallInfo info, UnitFileFlags flags, string config, List<string> wanters, string suffix)
    {
        if (wanters.Count == 0)
        {
            return Outcome.Nothing;
        }

        var error = NameForWanters(info, out var name);
        if (error != InstallError.None)
        {
            return error;
        }

        var result = Outcome.Nothing;
        foreach (var text in wanters)
        {
            error = section.Expand(info, text, out var wanter);
            if (error != InstallError.None)
            {
                result = result.OrFailure(log.Failed(error, text));
                continue;
            }

            if (!UnitName.IsValid(wanter, name.IsTemplate ? UnitNameFlags.Instance | UnitNameFlags.Template : UnitNameFlags.Any))
            {
                // A preset of a template that cannot be instantiated has nothing to do; a user's wish for it fails.
                if (!flags.HasFlag(UnitFileFlags.IgnoreAuxiliaryFailure))
                {
                    result = result.OrFailure(UnitName.IsValid(wanter)
                        ? log.Failed(InstallError.NotTemplate, wanter, name.Text)
                        : log.Failed(InstallError.BadName, wanter));
                }

                continue;
            }

            var path = $"{config}/{wanter}{suffix}/{name.Text}";
            result = result.OrFailure(links.Link(info.Path!, path, force: true));
            if (loader.IsMissing(wanter))
            {
                log.Remark(InstallChangeType.DestinationNotPresent, wanter, info.Path!);
            }
        }

        return result;
    }

    /// <summary>The unit's name, or its default instance; a template without one is wanted as a template.</summary>
    private InstallError NameForWanters(InstallInfo info, out UnitName name)
    {
        name = UnitName.Parse(info.Name);
        if (!name.IsTemplate || info.DefaultInstance is null)
        {
            return InstallError.None;
        }

        if (name.WithInstance(info.DefaultInstance) is not { } instance)
        {
            return InstallError.Invalid;
        }

        name = instance;
        var found = new InstallInfo(instance.Text, path: null, auxiliary: false);
        var error = loader.Search(new InstallContext(), found, SearchFlags.FollowConfigSymlinks);
        if (error != InstallError.None)
        {
            return error;
        }

        return found.Mode == InstallMode.Masked ? log.FailedAt(InstallError.Masked, found.Path!) : InstallError.None;
    }
}
