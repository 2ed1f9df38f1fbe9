using Trasgo.UnitFiles.Install;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// What the preset files say of a unit. systemctl always reads them itself: the bus has nothing to ask for many units at once.
/// </summary>
internal sealed class PresetQuery(SystemctlContext context)
{
    private readonly PresetRules _rules = InstalledFiles.Installer(context).ReadPresets();

    /// <summary>Null for what is no unit name.</summary>
    internal bool? Of(string name) => UnitName.TryParse(name, out var unit) ? _rules.IsEnabled(unit) : null;
}
