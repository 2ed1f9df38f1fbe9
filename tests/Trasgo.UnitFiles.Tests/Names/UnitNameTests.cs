using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.Tests.Names;

public class UnitNameTests
{
    [Theory]
    [InlineData("a.service", "a", null, UnitType.Service)]
    [InlineData("a-b.c.socket", "a-b.c", null, UnitType.Socket)]
    [InlineData("getty@.service", "getty", "", UnitType.Service)]
    [InlineData("getty@tty1.service", "getty", "tty1", UnitType.Service)]
    [InlineData("a@b@c.service", "a", "b@c", UnitType.Service)]
    [InlineData("-.mount", "-", null, UnitType.Mount)]
    [InlineData(@"dev-disk-by\x2duuid.device", @"dev-disk-by\x2duuid", null, UnitType.Device)]
    [InlineData("old.snapshot", "old", null, UnitType.Snapshot)]
    public void TryParse_ValidName_GivesItsParts(string text, string prefix, string? instance, object type)
    {
        Assert.True(UnitName.TryParse(text, out var name));
        Assert.Equal((prefix, instance, type), (name.Prefix, name.Instance, (object)name.Type));
        Assert.Equal(text, name.ToString());
        Assert.Equal(instance is null, UnitName.IsValid(text, UnitNameFlags.Plain));
        Assert.Equal(instance is "", UnitName.IsValid(text, UnitNameFlags.Template));
        Assert.Equal(instance is { Length: > 0 }, UnitName.IsValid(text, UnitNameFlags.Instance));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".service")]
    [InlineData("a")]
    [InlineData("a.nosuch")]
    [InlineData("a.service.")]
    [InlineData("@a.service")]
    [InlineData("@.service")]
    [InlineData("a b.service")]
    [InlineData("a/b.service")]
    [InlineData("../a.service")]
    [InlineData("a\0.service")]
    [InlineData("a\n.service")]
    [InlineData("a.service\n")]
    [InlineData("é.service")]
    [InlineData("a%i.service")]
    [InlineData("a.Service")]
    [InlineData("..")]
    public void TryParse_InvalidName_IsRefused(string text) => Assert.False(UnitName.TryParse(text, out _));

    [Fact]
    public void TryParse_Length_EndsAt255()
    {
        Assert.True(UnitName.IsValid(new string('a', 247) + ".service"));
        Assert.False(UnitName.IsValid(new string('a', 248) + ".service"));
        Assert.Null(UnitName.Parse(new string('a', 247) + ".socket").WithType(UnitType.Automount));
        Assert.Null(UnitName.Parse("a@.service").WithInstance(new string('a', 250)));
    }

    [Fact]
    public void Template_OfInstance_LosesTheInstance()
    {
        Assert.Equal("a@.service", UnitName.Parse("a@x@y.service").Template!.Text);
        Assert.Null(UnitName.Parse("a.service").Template);
        Assert.Equal("a@z.service", UnitName.Parse("a@.service").WithInstance("z")!.Text);
        Assert.Null(UnitName.Parse("a@.service").WithInstance("z/"));
        Assert.Null(UnitName.Parse("a.service").WithInstance("z"));
    }

    [Theory]
    [InlineData("a-b-c.slice", "a-b.slice")]
    [InlineData("a.slice", "-.slice")]
    [InlineData("-.slice", null)]
    [InlineData("a--b.slice", null)]
    [InlineData("-a.slice", null)]
    [InlineData("a-.slice", null)]
    public void ParentSlice_Names_SpellATree(string slice, string? parent) =>
        Assert.Equal(parent, UnitName.Parse(slice).ParentSlice()?.Text);

    [Fact]
    public void SubSlice_OfRoot_HasNoDash()
    {
        Assert.Equal("x.slice", UnitName.Parse("-.slice").SubSlice("x")!.Text);
        Assert.Equal("a-x.slice", UnitName.Parse("a.slice").SubSlice("x")!.Text);
    }

    [Theory]
    [InlineData("-.mount", "/")]
    [InlineData("var-log.mount", "/var/log")]
    [InlineData(@"a\x2db.mount", "/a-b")]
    [InlineData("a--b.mount", null)]
    [InlineData(@"a-\x2e\x2e.mount", null)]
    [InlineData("-a.mount", null)]
    [InlineData(@"\x00a.mount", null)]
    public void ToPath_Names_AreNormalizedPathsOrNone(string name, string? path) => Assert.Equal(path, UnitName.Parse(name).ToPath());

    /// <summary>CVE-2021-33910: whoever may mount could name a place by so long a path that its copy did not fit on the stack.</summary>
    [Fact]
    public void FromPath_EightMegabytes_IsNoName()
    {
        Assert.Null(UnitName.FromPath(string.Concat(Enumerable.Repeat("/" + new string('x', 250), 32_000)), UnitType.Mount));
        Assert.Equal(UnitName.MaxLength, UnitName.FromPath(string.Concat(Enumerable.Repeat("/" + new string('x', 250), 16)), UnitType.Mount)!.Text.Length);
    }

    [Fact]
    public void ToPath_ShortenedName_IsUnknown()
    {
        var name = UnitName.FromPath("/" + new string('x', 240) + "/" + new string('y', 100), UnitType.Mount)!;
        Assert.Equal(UnitName.MaxLength, name.Text.Length);
        Assert.Null(name.ToPath());
    }
}
