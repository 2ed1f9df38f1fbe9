using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>How a client's value becomes lines of a unit file, where that is not the business of a kind of value.</summary>
internal sealed record BusSetter(string Signature, Func<IValueReader, string, List<Setting>, bool> Read);
