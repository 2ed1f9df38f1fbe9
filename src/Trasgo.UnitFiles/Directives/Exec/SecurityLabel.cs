namespace Trasgo.UnitFiles.Directives;

/// <summary>SELinuxContext=, AppArmorProfile= or SmackProcessLabel=; with "-" failure to apply it is ignored.</summary>
internal readonly record struct SecurityLabel(bool IgnoreFailure, string? Label);
