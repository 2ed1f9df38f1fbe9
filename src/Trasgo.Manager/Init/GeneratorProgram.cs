namespace Trasgo.Manager;

/// <summary>One program to run as a generator: a file of a generator directory, or this binary itself with the words that make it one.</summary>
internal sealed record GeneratorProgram(string Name, string File, IReadOnlyList<string> Arguments)
{
    /// <summary>The program of one of our own generators is whatever this process runs, also when its file was replaced since.</summary>
    public static GeneratorProgram Of(OwnGenerator own) => new(own.FileName, "/proc/self/exe", ["trasgo", "generator", own.Name]);

    public static GeneratorProgram OfFile(string path) => new(path, path, [path]);
}
