using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>The hash of FixedRandomDelay=. That whole delays are systemd's is a case of the oracle (timer/delays).</summary>
public class FixedDelayTests
{
    /// <summary>The test vectors of the reference implementation: the key is 00 01 02 ... 0f, the data its first bytes.</summary>
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31UL)]
    [InlineData(1, 0x74f839c593dc67fdUL)]
    [InlineData(7, 0xab0200f58b01d137UL)]
    [InlineData(8, 0x93f5f5799a932462UL)]
    [InlineData(15, 0xa129ca6149be45e5UL)]
    public void SipHash_OfTheReferenceVectors_IsTheirs(int length, ulong expected)
    {
        byte[] bytes = [.. Enumerable.Range(0, 16).Select(static number => (byte)number)];

        Assert.Equal(expected, SipHash.Compute(bytes, bytes.AsSpan(0, length)));
    }

    [Fact]
    public void FixedDelay_OfEachPart_DependsOnIt()
    {
        var machine = new string('1', 32);
        ulong[] all =
        [
            FixedDelay.Of(machine, isSystem: true, 0, "a.timer"), FixedDelay.Of(null, isSystem: true, 0, "a.timer"), FixedDelay.Of(machine, isSystem: false, 0, "a.timer"),
            FixedDelay.Of(machine, isSystem: true, 1000, "a.timer"), FixedDelay.Of(machine, isSystem: true, 0, "b.timer"),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(all[0], FixedDelay.Of(machine, isSystem: true, 0, "a.timer"));
    }
}
