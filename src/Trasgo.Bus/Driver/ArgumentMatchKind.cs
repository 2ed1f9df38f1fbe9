namespace Trasgo.Bus.Driver;

internal enum ArgumentMatchKind
{
    Unknown,
    Text,
    Path,
    Namespace,
}
