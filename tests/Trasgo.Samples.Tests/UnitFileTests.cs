using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Samples.Tests;

/// <summary>The unit files of the samples, read by Debian's systemd-analyze. The programs are where they are installed only on a machine that has them.</summary>
public sealed class UnitFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [SkippableFact]
    public void Units_VerifiedByDebiansSystemd_AreWithoutFault()
    {
        Skip.If(Peer.Find("systemd-analyze") is null, "systemd-analyze is not there");
        string[] files = [.. Directory.GetFiles(Sample.Sources, "*.*", SearchOption.AllDirectories).Where(IsUnit)];
        Assert.True(files.Length >= 20, "units are missing");
        foreach (string folder in files.Select(file => Path.GetDirectoryName(file)!).Distinct())
        {
            string copies = Directory.CreateDirectory(_folder[Path.GetFileName(Path.GetDirectoryName(folder))!]).FullName;
            foreach (string file in files.Where(file => Path.GetDirectoryName(file) == folder))
            {
                string text = File.ReadAllText(file).Replace("/usr/local/bin/", "/bin/true ").Replace("%t/bin/timeserver", "/bin/true");
                File.WriteAllText(Path.Combine(copies, Path.GetFileName(file)), text);
            }

            foreach (string copy in Directory.GetFiles(copies))
            {
                Assert.Equal("", Verify(copy));
            }
        }
    }

    [SkippableFact]
    public void Units_WithAMistake_AreNotWithoutFault()
    {
        Skip.If(Peer.Find("systemd-analyze") is null, "systemd-analyze is not there");
        File.WriteAllText(_folder["wrong.service"], "[Service]\nExecStart=/bin/true\nNonsense=yes\n");

        Assert.Contains("Nonsense", Verify(_folder["wrong.service"]));
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsUnit(string path) => Path.GetFileName(Path.GetDirectoryName(path)) == "units" && Path.GetExtension(path) is ".service" or ".socket" or ".timer" or ".path" or ".target";

    /// <summary>What is said of a unit, or of an instance of a template.</summary>
    private static string Verify(string path)
    {
        using var analyze = Peer.Start(Peer.Find("systemd-analyze")!, "verify", "--man=no", "--recursive-errors=no", path.Replace("@.", "@13."));
        string output = analyze.Output();
        return output + analyze.Errors();
    }
}
