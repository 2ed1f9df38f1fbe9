namespace Trasgo.UnitFiles.LoadPath;

internal enum FileKind
{
    Missing,
    File,
    Directory,
    Symlink,

    /// <summary>A device node, /dev/null above all: what masks a unit.</summary>
    Device,

    /// <summary>A FIFO or a socket.</summary>
    Other,
}
