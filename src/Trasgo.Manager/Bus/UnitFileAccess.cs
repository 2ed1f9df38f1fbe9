using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Install;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager.Bus;

/// <summary>
/// The states of unit files. Finding one out reads every unit directory, so they are kept until the units are reloaded or
/// a client has changed a file through us, as systemd keeps them.
/// </summary>
internal sealed class UnitFileAccess(IManagerFacade manager)
{
    private readonly Dictionary<Unit, string> _states = [];
    private PresetRules? _presets;

    public UnitFileInstaller Installer => manager.Installer;

    public string StateOf(Unit unit)
    {
        if (unit.Origin.FragmentPath.Length == 0)
        {
            return "";
        }

        if (!_states.TryGetValue(unit, out var state))
        {
            state = Installer.GetState(unit.Id, out var found) == InstallError.None ? found.ToText() : UnitFileState.Bad.ToText();
            _states.Add(unit, state);
        }

        return state;
    }

    public string PresetOf(Unit unit)
    {
        if (unit.Origin.FragmentPath.Length == 0)
        {
            return "";
        }

        var file = unit.Origin.FragmentPath[(unit.Origin.FragmentPath.LastIndexOf('/') + 1)..];
        _presets ??= Installer.ReadPresets();
        return !UnitName.TryParse(file, out var name) ? "" : _presets.IsEnabled(name) ? "enabled" : "disabled";
    }

    public void Forget()
    {
        _states.Clear();
        _presets = null;
    }

    public void Forget(Unit unit) => _states.Remove(unit);
}
