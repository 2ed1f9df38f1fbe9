namespace Trasgo.Oracle;

/// <summary>The two managers, kept over all cases.</summary>
public sealed class Managers : IDisposable
{
    internal CaseRunner Oracle { get; } = new(ManagerKind.Systemd);

    internal CaseRunner Subject { get; } = new(Machine.Subject);

    public void Dispose()
    {
        Oracle.Dispose();
        Subject.Dispose();
    }
}

/// <summary>Every file in cases/, under both managers.</summary>
public sealed class CaseTests(Managers managers) : IClassFixture<Managers>
{
    private static readonly KnownDifferences s_known = new(Path.Combine(Machine.Folder, "known-differences.txt"));

    private static readonly string s_artifacts = Path.Combine(Machine.Root, "artifacts", "oracle");

    /// <summary>systemd, compared with itself, has none.</summary>
    private static readonly KnownDifferences s_applied = Machine.Subject == ManagerKind.Trasgo ? s_known : new([]);

    public static TheoryData<string> Cases => [.. ChosenCases()];

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task Case_UnderBothManagers_LooksTheSame(string name)
    {
        string? reason = Machine.ReasonToSkip();
        Skip.If(reason is not null, reason);
        var file = StepFile.Read(name);

        var differences = await CompareAsync(file);
        if (differences.Count > 0 && s_applied.OfCase(name) is null)
        {
            // On a busy machine one manager may be seen in the middle of what the other has done: a real difference is there again.
            NoteRace(name, differences);
            differences = await CompareAsync(file);
        }

        string? why = s_applied.OfCase(name);
        Skip.If(why is not null && differences.Count > 0, "known difference: " + why);
        Record(differences);
        Assert.False(differences.Count == 0 && s_applied.IsObsolete(name), Comparison.Gone(name, "every step"));

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private async Task<List<string>> CompareAsync(StepFile file)
    {
        var transcripts = await Task.WhenAll(managers.Oracle.RunAsync(file), managers.Subject.RunAsync(file));
        Save(file.Name, transcripts);
        return Comparison.Differences(file, transcripts[0], transcripts[1], s_applied);
    }

    [Fact]
    public void KnownDifference_Named_BelongsToAStep()
    {
        Assert.All(s_known.Keys, key =>
        {
            string[] parts = key.Split(':');
            Assert.True(File.Exists(StepFile.PathOf(parts[0])), $"known-differences.txt names {parts[0]}, which does not exist");
            Assert.True(parts.Length == 1 || StepFile.Read(parts[0]).Steps.Any(step => $"{step.Line}" == parts[1]), $"{key} is not a step");
        });
    }

    /// <summary>All of them, or those that $TRASGO_ORACLE_CASES names.</summary>
    private static IEnumerable<string> ChosenCases()
    {
        string[] chosen = (Environment.GetEnvironmentVariable("TRASGO_ORACLE_CASES") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string folder = Path.Combine(Machine.Folder, "cases");
        return Directory.EnumerateFiles(folder, "*.steps", SearchOption.AllDirectories)
            .Select(path => Path.ChangeExtension(Path.GetRelativePath(folder, path), null))
            .Where(name => chosen.Length == 0 || chosen.Contains(name) || chosen.Contains(Path.GetDirectoryName(name)))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>$TRASGO_ORACLE_RECORD collects what differs, in the form of known-differences.txt, to be judged by a person.</summary>
    private static void Record(List<string> differences)
    {
        if (Environment.GetEnvironmentVariable("TRASGO_ORACLE_RECORD") is { Length: > 0 } path)
        {
            File.AppendAllLines(path, differences.Select(text => text.Split(": ")[0].Trim() + " "
                + string.Join(" / ", text.Split('\n').Where(line => line.StartsWith("    - ", StringComparison.Ordinal) || line.StartsWith("    + ", StringComparison.Ordinal)
                    || line.StartsWith("    status", StringComparison.Ordinal)).Take(2).Select(line => line.Trim()))));
        }
    }

    /// <summary>What differed at the first try, for those who look for races.</summary>
    private static void NoteRace(string name, List<string> differences)
    {
        Directory.CreateDirectory(s_artifacts);
        File.AppendAllLines(Path.Combine(s_artifacts, "once-different.txt"), [$"{name}:", .. differences]);
    }

    private static void Save(string name, Transcript[] transcripts)
    {
        for (int i = 0; i < transcripts.Length; i++)
        {
            string path = Path.Combine(s_artifacts, $"{name}.{(i == 0 ? "systemd" : "subject")}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path + ".txt", transcripts[i].Text(masked: true));
            File.WriteAllText(path + ".raw.txt", transcripts[i].Text(masked: false));
        }
    }
}
