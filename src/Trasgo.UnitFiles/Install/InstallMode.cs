namespace Trasgo.UnitFiles.Install;

/// <summary>What is at a unit's path; Unknown until it was looked at.</summary>
internal enum InstallMode
{
    Unknown,
    Regular,
    Linked,
    Alias,
    Masked,
}
