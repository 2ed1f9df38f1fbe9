using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Tests.Wire;

public sealed class BusSignatureTests
{
    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("a{sv}")]
    [InlineData("a(ssssssouso)")]
    [InlineData("a{sa(bttttuii)}u")]
    [InlineData("(iiayay)h")]
    public void IsValid_CompleteTypes_AreTaken(string signature) => Assert.True(BusSignature.IsValid(signature));

    [Theory]
    [InlineData("a")]
    [InlineData("()")]
    [InlineData("(s")]
    [InlineData("s)")]
    [InlineData("{sv}")]
    [InlineData("a{vs}")]
    [InlineData("a{s}")]
    [InlineData("a{svv}")]
    [InlineData("r")]
    [InlineData("z")]
    public void IsValid_OtherTexts_AreRefused(string signature) => Assert.False(BusSignature.IsValid(signature));

    [Fact]
    public void IsValid_NestingBeyondTheBounds_IsRefused()
    {
        Assert.True(BusSignature.IsValid(new string('a', 32) + "y"));
        Assert.False(BusSignature.IsValid(new string('a', 33) + "y"));
        Assert.True(BusSignature.IsValid(new string('(', 32) + "y" + new string(')', 32)));
        Assert.False(BusSignature.IsValid(new string('(', 33) + "y" + new string(')', 33)));
        Assert.False(BusSignature.IsValid(new string('y', 256)));
    }
}
