namespace Trasgo.UnitFiles.Directives;

/// <summary>One line of a unit file that is to be written: what a client's property turns into.</summary>
internal readonly record struct Setting(string Section, string Name, string Text)
{
    public override string ToString() => $"{Name}={Text}";
}
