namespace Trasgo.UnitFiles.Names;

/// <summary>The tree that slice names spell: systemd.slice(5).</summary>
internal sealed partial record UnitName
{
    public const string RootSlice = "-.slice";

    public bool IsRootSlice => string.Equals(Text, RootSlice, StringComparison.Ordinal);

    /// <summary>No dash at either end and none doubled, since each stands for a level of the tree.</summary>
    public bool IsValidSlice =>
        Type == UnitType.Slice && IsPlain &&
        (IsRootSlice || !(Prefix.StartsWith('-') || Prefix.EndsWith('-') || Prefix.Contains("--", StringComparison.Ordinal)));

    /// <summary>"a-b.slice" has "a.slice", that has "-.slice", and that has none.</summary>
    public UnitName? ParentSlice()
    {
        if (!IsValidSlice || IsRootSlice)
        {
            return null;
        }

        var dash = Prefix.LastIndexOf('-');
        return Parse(dash < 0 ? RootSlice : Prefix[..dash] + ".slice");
    }

    public UnitName? SubSlice(string name)
    {
        if (!IsValidSlice || !IsValidPrefix(name))
        {
            return null;
        }

        return TryParse(IsRootSlice ? name + ".slice" : $"{Prefix}-{name}.slice", UnitNameFlags.Plain, out var slice) ? slice : null;
    }
}
