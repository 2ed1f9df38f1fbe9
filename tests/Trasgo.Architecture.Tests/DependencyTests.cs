using System.Xml.Linq;

namespace Trasgo.Architecture.Tests;

/// <summary>Projects refer to each other only along the arrows of docs/ARCHITECTURE.md.</summary>
public class DependencyTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Trasgo.Daemon"] = [],
        ["Trasgo.Daemon.Extensions"] = ["Trasgo.Daemon"],
        ["Trasgo.Linux"] = [],
        ["Trasgo.UnitFiles"] = [],
        ["Trasgo.Cron"] = ["Trasgo.UnitFiles"],
        ["Trasgo.Inetd"] = ["Trasgo.UnitFiles"],
        ["Trasgo.Engine"] = ["Trasgo.Linux", "Trasgo.UnitFiles"],
        ["Trasgo.Exec"] = ["Trasgo.Linux", "Trasgo.UnitFiles"],
        ["Trasgo.Bus"] = ["Trasgo.Linux"],
        ["Trasgo.Manager"] = ["Trasgo.Linux", "Trasgo.UnitFiles", "Trasgo.Engine", "Trasgo.Exec", "Trasgo.Bus"],
        ["Trasgo.Cli"] = ["Trasgo.Linux", "Trasgo.UnitFiles", "Trasgo.Engine", "Trasgo.Exec", "Trasgo.Bus", "Trasgo.Cron", "Trasgo.Inetd", "Trasgo.Manager"],
    };

    public static TheoryData<string> Projects => [.. Repository.Files("src", "*.csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReference_OfAProjectInSrc_FollowsTheArrows(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        Assert.True(s_allowed.TryGetValue(name, out string[]? allowed), $"{name} has no row in the table of allowed dependencies");

        Assert.All(References(project), reference => Assert.Contains(reference, allowed));
    }

    [Fact]
    public void Solution_ComparedWithTheFolders_HoldsEveryProject()
    {
        string solution = Repository.Read("Trasgo.slnx");
        string[] projects = [.. Repository.Files("src", "*.csproj"), .. Repository.Files("tests", "*.csproj"), .. Repository.Files("samples", "*.csproj")];

        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Contains($"Path=\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void PackageReference_InSrc_IsOnlyAnAnalyzerOrNamed()
    {
        string[] named = [];
        var packages = Repository.Files("src", "*.csproj")
            .SelectMany(project => XDocument.Parse(Repository.Read(project)).Descendants("PackageReference"))
            .Select(element => (string?)element.Attribute("Include") ?? "");

        Assert.All(packages, package => Assert.Contains(package, named));
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference")
            .Select(element => Path.GetFileNameWithoutExtension((string?)element.Attribute("Include") ?? ""));
}
