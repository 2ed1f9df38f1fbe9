using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

internal readonly record struct Dependency(UnitDependency Kind, string UnitName);
