namespace Trasgo.UnitFiles.Install;

/// <summary>systemctl's --preset-mode=.</summary>
internal enum PresetMode
{
    Full,
    EnableOnly,
    DisableOnly,
}
