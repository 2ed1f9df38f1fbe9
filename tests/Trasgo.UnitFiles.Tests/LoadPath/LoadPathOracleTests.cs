using Trasgo.Manager.Files;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.LoadPath;

/// <summary>The index and the drop-ins against what systemd loads from the same directories.</summary>
public class LoadPathOracleTests
{
    private const string Body = "[Service]\nExecStart=/bin/true\n[Socket]\nListenStream=/x\nAccept=yes\n[X-Other]\ny=z\n";

    private static readonly string[] s_names =
    [
        "a.service", "b.service", "a-b.service", "a-b-c.service", "a@.service", "b@.service", "a@x.service", "b@x.service",
        "a-b@.service", "a-b@x.service", "a.socket", "a.slice", "m.mount",
    ];

    private static readonly string[] s_dropIns =
    [
        "service", "a-.service", "a-b-.service", "a-@.service", "a-@x.service", "socket", .. s_names,
    ];

    private static readonly string[] s_queried =
    [
        "a.service", "b.service", "a-b.service", "a-b-c.service", "a@x.service", "b@x.service", "a@y.service", "b@y.service",
        "a-b@x.service", "a-b@y.service", "a.socket",
    ];

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Units_RandomTrees_AreFoundAsBySystemd(int seed)
    {
        var random = new Random(seed);
        var found = 0;
        for (var round = 0; round < 4; round++)
        {
            using var tree = new TemporaryTree();
            Build(tree, random);
            found += Compare(tree);
        }

        Assert.True(found > 8, $"only {found} units had files");
    }

    [SkippableFact]
    public void DropIns_SameFileName_ComeFromTheDirectorySystemdTakes()
    {
        using var tree = new TemporaryTree();
        tree.File("/3/a-b-c@.service", "[Service]\nExecStart=/bin/true\n").Dir("/1").Dir("/2");
        var random = new Random(7);
        foreach (var name in (string[])["service", "a-.service", "a-b-.service", "a-@.service", "a-b-@.service", "a-b-@x.service",
            "a-@x.service", "a-b-c@.service", "a-b-c@x.service"])
        {
            for (var directory = 1; directory <= 3; directory++)
            {
                for (var file = 0; file < 12; file++)
                {
                    if (random.Next(3) == 0)
                    {
                        tree.File($"/{directory}/{name}.d/{file}.conf", "[Unit]\n");
                    }
                }
            }
        }

        tree.Link("/1/a-b-c@x.service.d/m.conf", "/dev/null").File("/2/a-b-c@x.service.d/m.conf", "[Unit]\n")
            .File("/1/a-b-c@x.service.d/.hidden.conf", "x").File("/1/a-b-c@x.service.d/y.conf~", "x")
            .Link("/1/a-b-c-@x.service.d", "/nowhere");
        Assert.True(CompareUnit(tree, Load(tree, ["a-b-c@x.service"]), "a-b-c@x.service"));
    }

    private static VerifyOracle Load(TemporaryTree tree, string[] names) =>
        VerifyOracle.Load($"{tree.Root}/1:{tree.Root}/2:{tree.Root}/3", names);

    private static int Compare(TemporaryTree tree)
    {
        var found = 0;
        foreach (var name in s_queried)
        {
            // One at a time: the unit that is loaded first takes contested names.
            found += CompareUnit(tree, Load(tree, [name]), name) ? 1 : 0;
        }

        return found;
    }

    private static bool CompareUnit(TemporaryTree tree, VerifyOracle oracle, string name)
    {
        var env = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SYSTEMD_UNIT_PATH"] = $"{tree.Root}/1:{tree.Root}/2:{tree.Root}/3",
        };
        var search = UnitSearchPath.For(RuntimeScope.System, env);
        var files = new RealFileSystem();
        var index = UnitFileIndex.Build(search, files);
        var source = UnitFileSource.Load(search, files, index, UnitName.Parse(name), NullDiagnostics.Instance);
        if (!oracle.ByName.TryGetValue(name, out var unit))
        {
            // What cannot be started is not dumped, but systemd says why.
            Assert.Equal(oracle.Log.Contains($"Unit {source.Id} is masked.", StringComparison.Ordinal), source.IsMasked);
            Assert.True(
                source.IsMasked || source.FragmentPath is null
                || oracle.Log.Contains($"Unit {source.Id} has a bad unit file setting", StringComparison.Ordinal),
                $"{name}: {source.FragmentPath}\n{oracle.Log}");
            return source.IsMasked;
        }

        var theirs = string.Join(
            '\n', [unit.Id, unit.Fragment, unit.LoadState is "masked" ? "masked" : "", .. unit.Names.Order(StringComparer.Ordinal), .. unit.DropIns]);
        var ours = string.Join(
            '\n',
            [
                source.Id.Text, source.FragmentPath ?? "", source.IsMasked ? "masked" : "",
                .. source.Lookup.Names.Order(StringComparer.Ordinal), .. source.IsMasked ? [] : source.DropInPaths,
            ]);
        Assert.True(
            string.Equals(theirs, ours, StringComparison.Ordinal), $"{name}\n--- systemd\n{theirs}\n--- ours\n{ours}\n--- tree\n{tree.Listing()}");
        return unit.Fragment.Length > 0;
    }

    private static void Build(TemporaryTree tree, Random random)
    {
        tree.Dir("/1").Dir("/2").Dir("/3").Dir("/out").File("/out/o.service", Body).File("/out/a.socket", Body);
        for (var i = random.Next(4, 16); i > 0; i--)
        {
            var path = $"/{random.Next(1, 4)}/{Pick(random, s_names)}";
            if (new FileInfo(tree.Path(path)).LinkTarget is not null || File.Exists(tree.Path(path)))
            {
                continue;
            }

            switch (random.Next(9))
            {
                case 0 or 1 or 2:
                    tree.Link(path, Pick(random, s_names));
                    break;
                case 3:
                    tree.Link(path, $"{tree.Root}/{random.Next(1, 4)}/{Pick(random, s_names)}");
                    break;
                case 4:
                    tree.Link(path, random.Next(2) == 0 ? "/dev/null" : tree.Root + "/out/o.service");
                    break;
                case 5 when random.Next(3) == 0:
                    tree.File(path, "");
                    break;
                default:
                    tree.File(path, Body);
                    break;
            }
        }

        for (var i = random.Next(8); i > 0; i--)
        {
            // The names are unlike, since systemd goes through the aliases of a unit in no order.
            var unit = Pick(random, s_dropIns);
            var path = $"/{random.Next(1, 4)}/{unit}.d/{unit}-{random.Next(2)}.conf";
            if (!File.Exists(tree.Path(path)))
            {
                tree.File(path, "[Unit]\n");
            }
        }
    }

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];
}
