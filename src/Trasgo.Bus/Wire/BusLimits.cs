namespace Trasgo.Bus.Wire;

/// <summary>Every bound of the protocol in one place. The D-Bus specification's own where it has one.</summary>
internal static class BusLimits
{
    /// <summary>Specification: an array's elements take at most 64 MiB.</summary>
    public const int ArrayBytes = 64 * 1024 * 1024;

    /// <summary>Specification: a whole message takes at most 128 MiB. What a server accepts is far less, see <see cref="IncomingMessageBytes"/>.</summary>
    public const int MessageBytes = 128 * 1024 * 1024;

    /// <summary>The largest message a manager takes from a client; nothing a client has to say comes near it.</summary>
    public const int IncomingMessageBytes = 4 * 1024 * 1024;

    /// <summary>Fixed part and fields of a header, which is mostly its object path.</summary>
    public const int HeaderBytes = 128 * 1024;

    /// <summary>CVE-2019-6454: the specification leaves the length of an object path open; systemd bounds it since.</summary>
    public const int PathBytes = 64 * 1024;

    public const int NameBytes = 255;
    public const int SignatureBytes = 255;

    /// <summary>Specification: arrays nest 32 deep and structs nest 32 deep.</summary>
    public const int ArrayDepth = 32;
    public const int StructDepth = 32;

    /// <summary>Specification: arrays, structs and variants together nest 64 deep.</summary>
    public const int TotalDepth = 64;

    public const int DescriptorsPerMessage = 64;
}
