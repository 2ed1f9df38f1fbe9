using System.Buffers.Binary;
using System.Text;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// The number that FixedRandomDelay= takes in place of a random one: it follows from the machine, the manager and the timer's name
/// (systemd.timer(5)). The key and the order of the parts are those of systemd, so that a host keeps its delays whichever of the two
/// it runs.
/// </summary>
internal static class FixedDelay
{
    private static ReadOnlySpan<byte> Key =>
    [
        0x51, 0x0a, 0xdb, 0x76, 0x29, 0x51, 0x42, 0xc2, 0x80, 0x35, 0xea, 0xe6, 0x8e, 0x3a, 0x37, 0xbd,
    ];

    public static ulong Of(string? machineId, bool isSystem, uint uid, string unit)
    {
        var name = Encoding.UTF8.GetBytes(unit);
        var data = new byte[21 + name.Length];
        if (machineId is not null && Guid.TryParse(machineId, out var machine))
        {
            machine.TryWriteBytes(data, bigEndian: true, out _);
        }

        data[16] = isSystem ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(17), uid);
        name.CopyTo(data, 21);
        return SipHash.Compute(Key, data);
    }
}
