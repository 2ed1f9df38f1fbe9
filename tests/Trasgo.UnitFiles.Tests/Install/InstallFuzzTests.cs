using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.Install;

/// <summary>Random small trees and random verbs, always the same ones, held against systemctl.</summary>
public class InstallFuzzTests
{
    private static readonly string[] s_names =
    [
        "a.service", "b.service", "a@.service", "b@.service", "a@x.service", "b@y.service", "a.socket", "a.timer", "a.mount",
        "t.target", "u@.target", "u@x.target", "a-b.service",
    ];

    private static readonly string[] s_directories =
    [
        "/usr/lib/systemd/system/", "/usr/lib/systemd/system/", "/usr/lib/systemd/system/", "/etc/systemd/system/", "/run/systemd/system/",
        "/usr/local/lib/systemd/system/", "/opt/", "/run/systemd/generator/",
    ];

    private static readonly string[] s_words =
    [
        "t.target", "u@.target", "u@%i.target", "a.service", "b.service", "c.service", "c@.service", "c@x.service", "%p-x.service",
        "%N.target", "%j.service", "%i", "nonsense", "t.target.wants/a.service", "\"c.service\"", "%%.service", "b@%i.service", "", "%n",
    ];

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Verbs_RandomTrees_AreSystemds(int seed)
    {
        InstallTwin.RequireHost();
        var random = new Random(seed);
        var compared = 0;
        for (var round = 0; round < 8; round++)
        {
            using var twin = new InstallTwin(asHost: true);
            var state = random.Next();
            twin.Both(t => Build(t, new Random(state)));
            for (var step = 0; step < 5; step++)
            {
                twin.Step(Command(random));
            }

            twin.SameStates();
            compared += twin.Compared;
        }

        Assert.True(compared > 20, $"only {compared} changes");
    }

    private static string[] Command(Random random)
    {
        var verb = Pick(
            random, ["enable", "enable", "disable", "reenable", "mask", "unmask", "preset", "revert", "add-wants", "add-requires", "preset-all"]);
        string[] options = random.Next(4) == 0 ? ["--runtime"] : random.Next(4) == 0 ? ["--force"] : [];
        return verb switch
        {
            "preset-all" => [.. options, verb],
            "revert" => [verb, Pick(random, s_names)],
            "add-wants" or "add-requires" => [.. options, verb, Pick(random, ["t.target", "u@x.target", "a.service"]), Pick(random, s_names)],
            _ => [.. options, verb, Pick(random, s_names)],
        };
    }

    private static void Build(TemporaryTree tree, Random random)
    {
        tree.Dir("/etc/systemd/system").Dir("/usr/lib/systemd/system").Link("/lib", "usr/lib");
        for (var i = random.Next(3, 14); i > 0; i--)
        {
            var path = Pick(random, s_directories) + Pick(random, s_names);
            if (File.Exists(tree.Path(path)) || new FileInfo(tree.Path(path)).LinkTarget is not null)
            {
                continue;
            }

            switch (random.Next(6))
            {
                case 0:
                    tree.Link(path, Pick(random, s_names));
                    break;
                case 1:
                    tree.Link(path, Pick(random, s_directories) + Pick(random, s_names));
                    break;
                case 2 when random.Next(3) == 0:
                    tree.Link(path, "/dev/null");
                    break;
                default:
                    tree.File(path, Section(random));
                    break;
            }
        }

        if (random.Next(3) == 0)
        {
            tree.File($"/etc/systemd/system/{Pick(random, s_names)}.d/x.conf", Section(random));
        }

        if (random.Next(2) == 0)
        {
            tree.File(
                "/etc/systemd/system-preset/1.preset",
                $"{Pick(random, ["enable", "disable"])} {Pick(random, s_names)}\nenable a@.service p q\n{Pick(random, ["enable", "disable"])} *\n");
        }
    }

    private static string Section(Random random)
    {
        var text = "[Unit]\nDescription=x\n[Install]\n";
        for (var i = random.Next(4); i > 0; i--)
        {
            text += $"{Pick(random, ["WantedBy", "WantedBy", "RequiredBy", "Alias", "Also", "DefaultInstance"])}={Pick(random, s_words)} {Pick(random, s_words)}\n";
        }

        return text;
    }

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];
}
