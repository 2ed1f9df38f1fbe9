namespace Trasgo.Cli.CommandLine;

/// <summary>Whether an option takes an argument.</summary>
internal enum OptionArgument
{
    None,
    Required,

    /// <summary>Only in the same word: <c>--pid=1</c> or <c>-.mount</c>, never the word after.</summary>
    Optional,
}

/// <summary>One <c>--name</c>; <see cref="Value"/> is what <see cref="OptionReader.Next"/> returns for it.</summary>
internal readonly record struct LongOption(string Name, OptionArgument Argument, int Value);
