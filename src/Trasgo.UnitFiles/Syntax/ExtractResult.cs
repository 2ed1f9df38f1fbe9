namespace Trasgo.UnitFiles.Syntax;

internal enum ExtractResult
{
    /// <summary>No word is left.</summary>
    End,

    Word,

    /// <summary>An unbalanced quote or a bad escape; the position is at the offence.</summary>
    Invalid,
}
