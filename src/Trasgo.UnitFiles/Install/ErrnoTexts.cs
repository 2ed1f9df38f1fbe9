using System.Globalization;

namespace Trasgo.UnitFiles.Install;

/// <summary>
/// The errnos that operations on unit files meet, in strerror(3)'s words, and the error names sd-bus gives them. This
/// assembly calls no kernel, so it has no other table to ask.
/// </summary>
internal static class ErrnoTexts
{
    public static string Message(int errno) => errno switch
    {
        1 => "Operation not permitted",
        2 => "No such file or directory",
        5 => "Input/output error",
        6 => "No such device or address",
        7 => "Argument list too long",
        13 => "Permission denied",
        16 => "Device or resource busy",
        17 => "File exists",
        18 => "Invalid cross-device link",
        20 => "Not a directory",
        21 => "Is a directory",
        22 => "Invalid argument",
        25 => "Inappropriate ioctl for device",
        26 => "Text file busy",
        27 => "File too large",
        28 => "No space left on device",
        30 => "Read-only file system",
        36 => "File name too long",
        39 => "Directory not empty",
        40 => "Too many levels of symbolic links",
        43 => "Identifier removed",
        49 => "Protocol driver not attached",
        57 => "Invalid slot",
        67 => "Link has been severed",
        74 => "Bad message",
        77 => "File descriptor in bad state",
        99 => "Cannot assign requested address",
        105 => "No buffer space available",
        117 => "Structure needs cleaning",
        122 => "Disk quota exceeded",
        132 => "Operation not possible due to RF-kill",
        _ => string.Create(CultureInfo.InvariantCulture, $"Unknown error {errno}"),
    };

    public static string BusName(int errno) => errno switch
    {
        1 or 13 => "org.freedesktop.DBus.Error.AccessDenied",
        2 => "org.freedesktop.DBus.Error.FileNotFound",
        5 => "org.freedesktop.DBus.Error.IOError",
        17 => "org.freedesktop.DBus.Error.FileExists",
        22 => "org.freedesktop.DBus.Error.InvalidArgs",
        74 => "org.freedesktop.DBus.Error.InconsistentMessage",
        6 => "System.Error.ENXIO",
        7 => "System.Error.E2BIG",
        16 => "System.Error.EBUSY",
        18 => "System.Error.EXDEV",
        20 => "System.Error.ENOTDIR",
        21 => "System.Error.EISDIR",
        25 => "System.Error.ENOTTY",
        27 => "System.Error.EFBIG",
        28 => "System.Error.ENOSPC",
        30 => "System.Error.EROFS",
        36 => "System.Error.ENAMETOOLONG",
        39 => "System.Error.ENOTEMPTY",
        40 => "System.Error.ELOOP",
        67 => "System.Error.ENOLINK",
        77 => "System.Error.EBADFD",
        105 => "System.Error.ENOBUFS",
        117 => "System.Error.EUCLEAN",
        122 => "System.Error.EDQUOT",
        _ => "org.freedesktop.DBus.Error.Failed",
    };
}
