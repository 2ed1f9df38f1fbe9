using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd's words for the enumerations of this folder, each in the order of its members.</summary>
internal static class SocketWords
{
    public static readonly NameTable<BindIPv6Only> BindIPv6Only = new(
        "default", "both", "ipv6-only");

    public static readonly NameTable<SocketPortType> SocketPortType = new(
        "Socket", "FIFO", "Special", "MessageQueue", "USBFunction");

    public static readonly NameTable<SocketTimestamping> SocketTimestamping = new(
        "off", "us", "ns");
}
