using Trasgo.Manager.Files;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.Specifiers;

/// <summary>Every specifier as systemd expands it on this machine, in the description of a unit.</summary>
public class SpecifierOracleTests
{
    [SkippableTheory]
    [InlineData("plain-unit.service")]
    [InlineData(@"some-te\x2dst@in-st.service")]
    public void TryExpand_OnThisMachine_IsSystemds(string unit)
    {
        var name = UnitName.Parse(unit);
        const string Letters = "aAbBCdEfgGhHiIjJlLmMnNopPqsStTuUvVwWyY%z";
        using var tree = new TemporaryTree();
        var prefixes = new List<UnitName>();
        foreach (var letter in Letters)
        {
            var one = UnitName.Build($"{name.Prefix}-{(int)letter}", name.Instance, name.Type)!;
            prefixes.Add(one);
            tree.File("/1/" + one, $"[Service]\nExecStart=/bin/true\n[Unit]\nDescription=none\nDescription=<%{letter}>\n");
        }

        var oracle = VerifyOracle.Load(tree.Root + "/1", prefixes.Select(p => p.Text));
        var env = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in (string[])["HOME", "SHELL", "TMPDIR", "TEMP", "TMP"])
        {
            if (Environment.GetEnvironmentVariable(variable) is { } value)
            {
                env[variable] = value;
            }
        }

        var host = new SpecifierHost(RuntimeScope.System, env, new RealFileSystem());
        for (var i = 0; i < prefixes.Count; i++)
        {
            var context = new SpecifierContext(prefixes[i], host) { FragmentPath = $"{tree.Root}/1/{prefixes[i]}" };
            var ours = Specifier.TryExpand($"<%{Letters[i]}>", context, SpecifierSet.Full, out var result, out _) ? result : "none";
            Assert.Equal($"%{Letters[i]} {oracle.ByName[prefixes[i].Text].Description}", $"%{Letters[i]} {ours}");
        }
    }
}
