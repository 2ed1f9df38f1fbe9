using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.Install;

/// <summary>preset and preset-all: enabling or disabling as the distribution and the administrator laid down.</summary>
internal sealed partial class UnitFileInstaller
{
    /// <summary>The rules in force, for a caller that asks for many units.</summary>
    public PresetRules ReadPresets() => PresetRules.Read(_search.Scope, _files, _sink);

    public InstallResult Preset(IReadOnlyList<string> names, PresetMode mode = PresetMode.Full, UnitFileFlags flags = UnitFileFlags.None) =>
        Run(flags & ~UnitFileFlags.Portable, _presetSection, (operation, config) =>
        {
            var sets = new PresetSets(operation, ReadPresets());
            foreach (var name in names)
            {
                var error = Sort(sets, name);
                if (error != InstallError.None)
                {
                    return error;
                }
            }

            return Execute(sets, mode, flags, config);
        });

    /// <summary>As Preset for every unit file; those that cannot be installed are passed over.</summary>
    public InstallResult PresetAll(PresetMode mode = PresetMode.Full, UnitFileFlags flags = UnitFileFlags.None) =>
        Run(flags & ~UnitFileFlags.Portable, _presetSection, (operation, config) =>
        {
            var sets = new PresetSets(operation, ReadPresets());
            foreach (var directory in _search.All)
            {
                foreach (var entry in _files.Entries(directory))
                {
                    if (entry.Kind is not (FileKind.File or FileKind.Symlink) || HiddenFile.Is(entry.Name)
                        || !UnitName.IsValid(entry.Name))
                    {
                        continue;
                    }

                    var error = Sort(sets, entry.Name);
                    if (error != InstallError.None && !IsPassedOver(error))
                    {
                        return error;
                    }
                }
            }

            return Execute(sets, mode, flags, config);
        });

    private static bool IsPassedOver(InstallError error) => error is InstallError.Exists or InstallError.Masked
        or InstallError.Generated or InstallError.BadSpecifier or InstallError.NotTemplate or InstallError.BadName
        or InstallError.Linked or InstallError.Missing or InstallError.UnknownHost or InstallError.BadReference;

    /// <summary>Puts the unit among those to enable or those to disable; an alias is dealt with under its unit's name.</summary>
    private static InstallError Sort(PresetSets sets, string name)
    {
        if (sets.Enable.Find(name) is not null || sets.Disable.Find(name) is not null)
        {
            return InstallError.None;
        }

        var loader = sets.Operation.Loader;
        var error = loader.Discover(new InstallContext(), name, SearchFlags.FollowConfigSymlinks, out var info);
        if (error != InstallError.None || !string.Equals(name, info.Name, StringComparison.Ordinal))
        {
            return error;
        }

        if (!sets.Rules.IsEnabled(UnitName.Parse(name), out var instances))
        {
            return loader.Discover(sets.Disable, name, SearchFlags.FollowConfigSymlinks, out _);
        }

        const SearchFlags Flags = SearchFlags.Load | SearchFlags.FollowConfigSymlinks;
        if (instances.Count == 0)
        {
            return loader.DiscoverInstallable(sets.Enable, name, Flags, out _);
        }

        foreach (var instance in instances)
        {
            error = loader.DiscoverInstallable(sets.Enable, instance.Text, Flags, out _);
            if (error != InstallError.None)
            {
                return error;
            }
        }

        return InstallError.None;
    }

    private Outcome Execute(PresetSets sets, PresetMode mode, UnitFileFlags flags, string config)
    {
        var result = Outcome.Nothing;
        if (mode != PresetMode.EnableOnly)
        {
            var remover = new LinkRemover(_files, sets.Operation.Log);
            MarkForRemoval(sets.Operation, sets.Disable, remover);
            result = remover.RemoveAll(config, dryRun: false);
        }

        return mode == PresetMode.DisableOnly
            ? result
            : result.Plus(sets.Operation.Applier.Apply(
                sets.Enable, flags | UnitFileFlags.IgnoreAuxiliaryFailure, config, SearchFlags.Load));
    }

    private sealed class PresetSets(Operation operation, PresetRules rules)
    {
        public Operation Operation { get; } = operation;

        public PresetRules Rules { get; } = rules;

        public InstallContext Enable { get; } = new();

        public InstallContext Disable { get; } = new();
    }
}
