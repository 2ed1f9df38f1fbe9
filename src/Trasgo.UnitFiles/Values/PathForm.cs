using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

internal enum PathForm
{
    Any,
    Absolute,
    Relative,
}
