using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>What makes a symlink between unit names an alias: systemd.unit(5), "UNIT FILE LOAD PATH" and "Alias=".</summary>
internal static class UnitLinks
{
    public static bool MayAlias(UnitType type) =>
        type is UnitType.Service or UnitType.Socket or UnitType.Target or UnitType.Device or UnitType.Timer or UnitType.Path;

    public static bool MayTemplate(UnitType type) =>
        type is UnitType.Service or UnitType.Socket or UnitType.Target or UnitType.Timer or UnitType.Path;

    /// <summary>
    /// Whether a link in .wants/ may have this name for that target: its own, or an instance of the target template. With
    /// <paramref name="propagate"/> a template may also stand for itself, to be given the instance of its wanter.
    /// </summary>
    public static bool NameFits(string link, string target, bool propagate)
    {
        if (!UnitName.TryParse(link, out var name))
        {
            return false;
        }

        if (string.Equals(link, target, StringComparison.Ordinal) && !name.IsTemplate)
        {
            return true;
        }

        return !name.IsPlain && (name.IsInstance || propagate)
            && string.Equals(name.Template!.Text, target, StringComparison.Ordinal);
    }

    /// <summary>Checks the alias <paramref name="linkPath"/> for <paramref name="target"/>; only the file names count.</summary>
    public static AliasVerdict CheckAlias(string linkPath, string target, out string message)
    {
        var source = PathText.FileName(linkPath);
        var destination = PathText.FileName(target);
        message = "";
        if (!UnitName.TryParse(source, out var from))
        {
            message = $"{linkPath}: not a valid unit name \"{source}\": Invalid argument";
            return AliasVerdict.BadSource;
        }

        if (!MayAlias(from.Type))
        {
            message = $"{linkPath}: symlinks are not allowed for units of this type, rejecting.";
            return AliasVerdict.BadSource;
        }

        if (!from.IsPlain && !MayTemplate(from.Type))
        {
            message = $"{linkPath}: templates not allowed for {from.Type.ToText()} units, rejecting.";
            return AliasVerdict.BadSource;
        }

        if (string.Equals(source, destination, StringComparison.Ordinal))
        {
            message = $"{linkPath}: unit self-alias: {source} → {destination}, ignoring.";
            return AliasVerdict.Self;
        }

        message = Mismatch(linkPath, from, destination);
        return message.Length == 0 ? AliasVerdict.Valid : AliasVerdict.BadTarget;
    }

    private static string Mismatch(string linkPath, UnitName from, string destination)
    {
        if (!UnitName.TryParse(destination, out var to))
        {
            return $"{linkPath} points to \"{destination}\" which is not a valid unit name: Invalid cross-device link";
        }

        var sameForm = from.IsPlain == to.IsPlain && from.IsTemplate == to.IsTemplate;
        if (!sameForm && !(from.IsInstance && to.IsTemplate))
        {
            return $"{linkPath}: symlink target name type \"{destination}\" does not match source, rejecting.";
        }

        if (to.IsInstance && !string.Equals(from.Instance, to.Instance, StringComparison.Ordinal))
        {
            return $"{linkPath}: unit symlink target \"{destination}\" instance name doesn't match, rejecting.";
        }

        return to.Type == from.Type ? "" : $"{linkPath}: symlink target \"{destination}\" has incompatible suffix, rejecting.";
    }
}
