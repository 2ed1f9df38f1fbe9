namespace Trasgo.UnitFiles.Install;

/// <summary>A line of a preset file; instances only where "enable" names a template.</summary>
internal sealed record PresetRule(PresetAction Action, string Pattern, string[] Instances);
