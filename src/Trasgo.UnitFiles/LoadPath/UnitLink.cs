using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>What a symlink in a unit directory is, the absolute path it names, and why it is refused if it is.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UnitLink(UnitLinkKind Kind, string Target, AliasVerdict Verdict)
{
    public static UnitLink Invalid(AliasVerdict verdict) => new(UnitLinkKind.Invalid, "", verdict);
}
