using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>What Alias= may say of a unit: another name, or the old form "foo.target.wants/bar.service".</summary>
internal static class AliasRules
{
    /// <summary>
    /// A template named by an instance gets that instance. An alias of the unit's own name is no mistake, and nothing to do.
    /// </summary>
    public static InstallError Check(string unit, ref string alias, ChangeLog log, out bool isSelf)
    {
        isSelf = false;
        if (alias.Contains('/', StringComparison.Ordinal))
        {
            return CheckDirectory(unit, alias, log);
        }

        if (UnitName.TryParse(alias, UnitNameFlags.Template, out var template)
            && UnitName.TryParse(unit, UnitNameFlags.Instance, out var instance))
        {
            if (template.WithInstance(instance.Instance!) is not { } built)
            {
                return InstallError.Invalid;
            }

            alias = built.Text;
        }

        var verdict = UnitLinks.CheckAlias(alias, unit, out _);
        isSelf = verdict == AliasVerdict.Self;
        return verdict is AliasVerdict.Valid or AliasVerdict.Self
            ? InstallError.None
            : log.Failed(InstallError.BadReference, alias, unit);
    }

    private static InstallError CheckDirectory(string unit, string alias, ChangeLog log)
    {
        var directory = PathText.Directory(alias);
        var wanter = directory.EndsWith(".wants", StringComparison.Ordinal) ? directory[..^".wants".Length]
            : directory.EndsWith(".requires", StringComparison.Ordinal) ? directory[..^".requires".Length]
            : "";
        if (!UnitName.TryParse(wanter, out var name))
        {
            return log.Failed(InstallError.BadReference, alias);
        }

        return UnitLinks.NameFits(PathText.FileName(alias), unit, propagate: name.IsTemplate)
            ? InstallError.None
            : log.Failed(InstallError.BadReference, alias, unit);
    }
}
