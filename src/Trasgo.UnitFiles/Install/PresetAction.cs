namespace Trasgo.UnitFiles.Install;

internal enum PresetAction
{
    Unknown,
    Enable,
    Disable,
}
