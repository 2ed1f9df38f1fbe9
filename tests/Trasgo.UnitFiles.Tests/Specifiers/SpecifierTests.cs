using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.Specifiers;

public class SpecifierTests
{
    [Theory]
    [InlineData("%n %N %p %i %j", @"a-b\x2dc@x-y.service a-b\x2dc@x-y a-b\x2dc x-y b\x2dc")]
    [InlineData("%I %P %J %f", "x/y a/b-c b-c /x/y")]
    [InlineData("%a %A %b %B %H %l %q %m %M %o %v %w %W",
        "architecture osimageversion bootid osbuildid hostname shorthostname prettyhostname machineid osimageid osid kernelrelease osversionid osvariantid")]
    [InlineData("%g %G %u %U %h %s %T %V", "groupname groupid username userid home shell temporarydirectory vartemporarydirectory")]
    [InlineData("%C %E %L %S %t", "cachedirectory configurationdirectory logsdirectory statedirectory runtimedirectory")]
    [InlineData("%d", @"runtimedirectory/credentials/a-b\x2dc@x-y.service")]
    [InlineData("%y %Y", "/real/etc/a@.service /real/etc")]
    [InlineData("%c %r %R", "/cg /slice /root")]
    [InlineData("100%", "100%")]
    [InlineData("%% %%n %. % x %", "% %n %. % x %")]
    [InlineData("none", "none")]
    public void TryExpand_EverySpecifier_IsReplaced(string text, string expected)
    {
        Assert.True(Specifier.TryExpand(text, Context(), SpecifierSet.Full, out var result, out var error), error);
        Assert.Equal(expected, result);
    }

    [Theory]
    [InlineData("%Z", SpecifierSet.Full, "Invalid slot")]
    [InlineData("%0", SpecifierSet.Full, "Invalid slot")]
    [InlineData("%I", SpecifierSet.UnitNames, "Invalid slot")]
    [InlineData("%h", SpecifierSet.UnitNames, "Invalid slot")]
    [InlineData("%n", SpecifierSet.None, "Invalid slot")]
    internal void TryExpand_NotAllowed_IsRefused(string text, SpecifierSet allowed, string message)
    {
        Assert.False(Specifier.TryExpand(text, Context(), allowed, out _, out var error));
        Assert.Equal(message, error);
    }

    [Fact]
    public void TryExpand_HostWithoutOsRelease_Fails()
    {
        var host = new FixedHost { Facts = { [HostFact.OsId] = null, [HostFact.OsVariantId] = "" } };
        Assert.False(Specifier.TryExpand("%o", Context(host), SpecifierSet.Full, out _, out var error));
        Assert.Equal("Protocol driver not attached", error);
        Assert.True(Specifier.TryExpand("[%W]", Context(host), SpecifierSet.Full, out var result, out _));
        Assert.Equal("[]", result);
    }

    [Fact]
    public void TryExpand_TooLong_Fails()
    {
        var host = new FixedHost { Facts = { [HostFact.HostName] = new string('h', 200) } };
        Assert.True(Specifier.TryExpand("%H", Context(host), SpecifierSet.UnitNames, out _, out _, Specifier.MaxName));
        Assert.False(Specifier.TryExpand("%H%H", Context(host), SpecifierSet.UnitNames, out _, out var error, Specifier.MaxName));
        Assert.Equal("File name too long", error);
    }

    [Fact]
    public void TryExpand_AllUsersAtOnce_HaveNoUser()
    {
        var context = new SpecifierContext(UnitName.Parse("a.service"), new FixedHost(), RuntimeScope.Global);
        Assert.False(Specifier.TryExpand("%u", context, SpecifierSet.Full, out _, out var error));
        Assert.Equal("Invalid argument", error);
    }

    [Fact]
    public void TryExpand_TemplateWithDefaultInstance_SpeaksOfIt()
    {
        var context = new SpecifierContext(UnitName.Parse("a@.service"), new FixedHost()) { DefaultInstance = "d" };
        Assert.True(Specifier.TryExpand("%n %N %i %p", context, SpecifierSet.UnitNames, out var result, out _));
        Assert.Equal("a@d.service a@d d a", result);
    }

    [Fact]
    public void Escape_AnyText_IsExpandedBack()
    {
        Assert.True(Specifier.TryExpand(Specifier.Escape("100%n %%"), Context(), SpecifierSet.Full, out var result, out _));
        Assert.Equal("100%n %%", result);
    }

    private static SpecifierContext Context(FixedHost? host = null) =>
        new(UnitName.Parse(@"a-b\x2dc@x-y.service"), host ?? new FixedHost())
        {
            FragmentPath = "/etc/a@.service",
            ControlGroup = "/cg",
            ControlGroupRoot = "/root",
            SliceControlGroup = "/slice",
        };
}
