using System.Text;
using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Tests.Jobs;

/// <summary>The same units, planned by systemd and by us.</summary>
public sealed class SystemdPlannerTests
{
    private static readonly UnitDependency[] s_kinds =
    [
        UnitDependency.Requires, UnitDependency.Requisite, UnitDependency.Wants, UnitDependency.Wants,
        UnitDependency.BindsTo, UnitDependency.PartOf, UnitDependency.Upholds, UnitDependency.Conflicts,
        UnitDependency.Before, UnitDependency.After,
    ];

    [SkippableFact]
    public void Start_OnRandomUnits_PlansTheJobsSystemdPlans()
    {
        using var systemd = new SystemdPlanner();
        var refused = 0;
        var planned = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            systemd.Clear();
            var world = Build(new Random(seed), systemd.Units, acyclic: true);
            var ours = world.Plan(JobType.Start, "u0.target");

            // Which of two contradicting jobs goes first depends on the order of systemd's hash tables, and with
            // it what is left.
            if (ours.Messages.Any(message => message.Text.StartsWith("Fixing conflicting jobs", StringComparison.Ordinal)))
                continue;

            var theirs = systemd.Ask("u0.target");
            Assert.True(theirs.Refused == ours.Refusal is not null, $"seed {seed}: {ours.Refusal}\n{theirs.Output}");
            if (ours.Refusal is not null)
            {
                refused++;
                continue;
            }

            planned++;
            Assert.True(theirs.Jobs == Text(ours), $"seed {seed}\nours:   {Text(ours)}\ntheirs: {theirs.Jobs}");
        }

        Assert.True(planned > 20 && refused > 3, $"{planned} {refused}");
    }

    [SkippableFact]
    public void Start_OnUnitsInARing_IsBrokenOrRefusedWhereSystemdDoesSo()
    {
        using var systemd = new SystemdPlanner();
        var broken = 0;
        for (var seed = 1000; seed < 1060; seed++)
        {
            systemd.Clear();
            var world = Build(new Random(seed), systemd.Units, acyclic: false);
            var theirs = systemd.Ask("u0.target");
            var ours = world.Plan(JobType.Start, "u0.target");

            // Which job goes depends on the order of systemd's hash tables; that one goes does not.
            var foundByThem = theirs.Output.Contains("Found ordering cycle on ", StringComparison.Ordinal);
            Assert.True(foundByThem == ours.Cycles.Count > 0, $"seed {seed}\n{theirs.Output}");
            broken += ours.Cycles.Count;
        }

        Assert.True(broken > 5, $"{broken}");
    }

    [SkippableFact]
    public void Start_NeedingAUnitThatCannotBe_IsRefusedInTheWordsOfSystemd()
    {
        using var systemd = new SystemdPlanner();
        File.WriteAllText(Path.Combine(systemd.Units, "u0.target"), "[Unit]\nRequires=u1.target\n");
        var world = FakeWorld.With("u0.target Requires u1.target");
        world["u1.target"].LoadState = UnitLoadState.NotFound;
        Assert.Contains(world.Refused(JobType.Start, "u0.target").Message, systemd.Ask("u0.target").Output, StringComparison.Ordinal);

        File.CreateSymbolicLink(Path.Combine(systemd.Units, "u1.target"), "/dev/null");
        world["u1.target"].LoadState = UnitLoadState.Masked;
        Assert.Contains(world.Refused(JobType.Start, "u0.target").Message, systemd.Ask("u0.target").Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Start_InARingOfTwo_IsToldInTheWordsOfSystemd()
    {
        using var systemd = new SystemdPlanner();
        const string Head = "[Unit]\nDefaultDependencies=no\n";
        File.WriteAllText(Path.Combine(systemd.Units, "u0.target"), Head + "Wants=u1.target\nRequires=u2.target\n");
        File.WriteAllText(Path.Combine(systemd.Units, "u1.target"), Head + "After=u2.target\n");
        File.WriteAllText(Path.Combine(systemd.Units, "u2.target"), Head + "After=u1.target\n");
        var world = FakeWorld.With(
            "u0.target Wants u1.target", "u0.target Requires u2.target", "u1.target After u2.target", "u2.target After u1.target");
        world.Enqueue(JobType.Start, "u0.target");

        // The ring may be entered at either end.
        var theirs = systemd.Ask("u0.target");
        Assert.Equal(theirs.Jobs, world.Installed());
        var ours = world.Log.Where(line => !line.StartsWith("Debug", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).ToList();
        Assert.Equal(3, ours.Count);
        Assert.All(ours, line => Assert.True(
            theirs.Output.Contains(line, StringComparison.Ordinal) || theirs.Output.Contains(Swap(line), StringComparison.Ordinal),
            theirs.Output));

        static string Swap(string line) => line.Contains("deleted", StringComparison.Ordinal)
            ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..line.LastIndexOf(' ')]
            : line.Replace("u1", "u?", StringComparison.Ordinal).Replace("u2", "u1", StringComparison.Ordinal)
                .Replace("u?", "u2", StringComparison.Ordinal);
    }

    private static string Text(TransactionPlan plan) =>
        string.Join(' ', plan.Jobs.Select(static job => job.ToString()).Order(StringComparer.Ordinal));

    /// <summary>Inactive targets; unless acyclic, with rings in their order.</summary>
    private static FakeWorld Build(Random random, string directory, bool acyclic)
    {
        var world = new FakeWorld();
        var count = random.Next(3, 16);
        var text = new StringBuilder[count];
        for (var i = 0; i < count; i++)
        {
            text[i] = new StringBuilder("[Unit]\nDefaultDependencies=no\n");
            _ = world[$"u{i}.target"];
        }

        for (var edge = 0; edge < count * (acyclic ? 3 : 5); edge++)
        {
            var (from, to) = (random.Next(count), random.Next(count));
            var kind = s_kinds[random.Next(s_kinds.Length)];

            // With a ring, whether a stop or a start comes to the fore of a unit decides about the ring as well.
            if (from == to || (kind == UnitDependency.Conflicts && !acyclic))
                continue;
            if (acyclic && kind is UnitDependency.Before or UnitDependency.After && (from < to) == (kind == UnitDependency.Before))
                (from, to) = (to, from);
            text[from].Append($"{kind}=u{to}.target\n");
            world[$"u{from}.target"].Depend(kind, world[$"u{to}.target"]);
        }

        for (var i = 0; i < count; i++)
        {
            var path = Path.Combine(directory, $"u{i}.target");
            File.WriteAllText(path, text[i].ToString());
        }

        return world;
    }
}
