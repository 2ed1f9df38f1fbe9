using System.Text;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.Syntax;

/// <summary>Files of random pieces, read by us and by systemd: the same last value, the same remarks on the same lines.</summary>
public class UnitFileParserOracleTests
{
    private static readonly string[] s_pieces =
    [
        "[Unit]\n", "[Unit]\n", "[Target]\n", "[Install]\n", "[X-Own]\n", "[Nosuch]\n", " [Unit] \r\n", "[Unit]x\n", "[]\n", "[a\"b]\n",
        "Description=", "Description=", " Description = ", "X-y=1\n", "one", " two ", "\\", "\\\n", "\\\\\n", "\\\r\n", "\n", "\n", "\r\n",
        "\n\r", "\r", "\0", "\n\0", "# comment\n", "; comment \\\n", "  # x\n", "=", "=v\n", "key\n", "é", "\uFEFF", "\uFDD0", "\t", "'q'",
    ];

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_RandomFiles_SayWhatSystemdReads(int seed)
    {
        var random = new Random(seed);
        var read = 0;
        for (var round = 0; round < 3; round++)
        {
            // Many units an invocation, since it costs more than what it reads.
            using var tree = new TemporaryTree();
            for (var unit = 0; unit < 40; unit++)
            {
                File.WriteAllBytes(tree.Dir("/1").Path($"/1/u{unit}.target"), RandomFile(random));
            }

            var names = Enumerable.Range(0, 40).Select(i => $"u{i}.target").ToArray();
            var oracle = VerifyOracle.Load(tree.Root + "/1", names);
            read += names.Count(n => Compare(tree, oracle, n));
        }

        Assert.True(read > 20, $"only {read} files were read to the end");
    }

    private static bool Compare(TemporaryTree tree, VerifyOracle oracle, string name)
    {
        var path = tree.Path("/1/" + name);
        var bytes = File.ReadAllBytes(path);
        var sink = new DiagnosticList();
        var parsed = UnitFileParser.Read(bytes, path, sink, UnitSections.For(UnitType.Target), name);
        var text = $"{name}: {Escaped(bytes)}\n";
        Assert.Equal(
            text + string.Join('\n', Remarks(oracle.Log, path)),
            text + string.Join('\n', sink.Items.Where(d => !d.Message.StartsWith("String is not", StringComparison.Ordinal)).Select(d => d.ToString())));
        if (bytes.Length == 0)
        {
            return false;
        }

        Assert.Equal(text + (parsed.Failure == ParseFailure.None), text + oracle.ByName.ContainsKey(name));
        if (parsed.Failure != ParseFailure.None)
        {
            return false;
        }

        var value = parsed.Assignments.LastOrDefault(a => a is { Section: "Unit", Key: "Description" }).Value;
        Assert.Equal(text + (string.IsNullOrEmpty(value) ? name : value), text + oracle.ByName[name].Description);
        return true;
    }

    private static IEnumerable<string> Remarks(string log, string path) => log.Split('\n')
        .Where(l => l.StartsWith(path + ":", StringComparison.Ordinal) && !l.Contains("Unknown key", StringComparison.Ordinal)
            && !l.Contains("String is not", StringComparison.Ordinal));

    private static string Escaped(byte[] bytes) => CEscape.Encode(ByteText.Decode(bytes));

    private static byte[] RandomFile(Random random)
    {
        var text = new StringBuilder(random.Next(4) == 0 ? "" : "[Unit]\n");
        for (var i = random.Next(1, 16); i > 0; i--)
        {
            text.Append(s_pieces[random.Next(s_pieces.Length)]);
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString()).ToList();
        if (random.Next(12) == 0)
        {
            bytes.Insert(random.Next(bytes.Count + 1), 0xFF);
        }

        return [.. bytes];
    }
}
