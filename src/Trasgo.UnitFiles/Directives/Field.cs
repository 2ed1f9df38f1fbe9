using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Where in a configuration a value lives: our offsetof.</summary>
internal delegate ref T Field<in TConfig, T>(TConfig config);
