namespace Trasgo.UnitFiles.Syntax;

/// <summary>How a word is taken out of a string; without any flag a backslash merely vanishes.</summary>
[Flags]
internal enum ExtractFlags
{
    None = 0,

    /// <summary>Unbalanced quotes pass and a trailing backslash is dropped.</summary>
    Relax = 1 << 0,

    /// <summary>C escapes are resolved.</summary>
    CUnescape = 1 << 1,

    /// <summary>Unknown escapes and a trailing backslash are kept as they stand.</summary>
    UnescapeRelax = 1 << 2,

    /// <summary>A backslash before a separator makes it part of the word.</summary>
    UnescapeSeparators = 1 << 3,

    /// <summary>Quotes protect separators and stay.</summary>
    KeepQuote = 1 << 4,

    /// <summary>Quotes protect separators and are removed.</summary>
    Unquote = 1 << 5,

    /// <summary>Each separator counts, so words may be empty.</summary>
    DontCoalesceSeparators = 1 << 6,

    /// <summary>The backslash is an ordinary character.</summary>
    RetainEscape = 1 << 7,

    /// <summary>The position stays before the separator that ended the word.</summary>
    RetainSeparators = 1 << 8,
}
