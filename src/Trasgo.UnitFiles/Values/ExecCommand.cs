namespace Trasgo.UnitFiles.Values;

/// <summary>
/// One command of an Exec*= line. <see cref="Path"/> is absolute, or a bare name to be looked up in the search path; the
/// variables in <see cref="Argv"/> are not expanded yet.
/// </summary>
internal sealed class ExecCommand(string path, string[] argv, ExecCommandFlags flags)
{
    public string Path { get; } = path;

    public string[] Argv { get; } = argv;

    public ExecCommandFlags Flags { get; } = flags;

    public bool IgnoreFailure => Flags.HasFlag(ExecCommandFlags.IgnoreFailure);

    public bool IsSameAs(ExecCommand other) => Path == other.Path && Argv.AsSpan().SequenceEqual(other.Argv);

    /// <summary>Filled by the engine while the command runs and when it ends.</summary>
    public ExecStatus Status { get; } = new();
}
