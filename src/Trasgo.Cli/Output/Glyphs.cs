namespace Trasgo.Cli.Output;

/// <summary>The line-drawing and state marks, in Unicode or, where the locale has none, in ASCII.</summary>
internal sealed class Glyphs(bool isUnicode)
{
    internal bool IsUnicode => isUnicode;
    internal string TreeVertical => isUnicode ? "│ " : "| ";
    internal string TreeBranch => isUnicode ? "├─" : "|-";
    internal string TreeRight => isUnicode ? "└─" : "`-";
    internal string TreeSpace => "  ";
    internal string TriangularBullet => isUnicode ? "‣" : ">";
    internal string BlackCircle => isUnicode ? "●" : "*";
    internal string WhiteCircle => isUnicode ? "○" : "*";
    internal string MultiplicationSign => isUnicode ? "×" : "x";
    internal string CircleArrow => isUnicode ? "↻" : "*";
    internal string Bullet => isUnicode ? "•" : "*";
    internal string ArrowRight => isUnicode ? "→" : "->";

    /// <summary>The mark in front of a unit, by its ActiveState.</summary>
    internal string OfActiveState(string? state) => state switch
    {
        "active" or "activating" or "deactivating" => BlackCircle,
        "reloading" => CircleArrow,
        "inactive" or "maintenance" => WhiteCircle,
        "failed" => MultiplicationSign,
        _ => "",
    };

    /// <summary>
    /// systemd takes the C locale for UTF-8 unless somebody asked for it by name: what is not set at all can do UTF-8.
    /// </summary>
    internal static bool LocaleIsUnicode(Func<string, string?> environment)
    {
        foreach (var variable in (string[])["LC_ALL", "LC_CTYPE", "LANG"])
        {
            if (environment(variable) is { Length: > 0 } locale)
            {
                return locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase)
                    || locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase);
            }
        }

        return true;
    }
}
