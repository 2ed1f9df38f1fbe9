using System.Text.RegularExpressions;

namespace Trasgo.Architecture.Tests;

/// <summary>What is written can be found, and what is linked exists.</summary>
public partial class DocumentTests
{
    public static TheoryData<string> Pages =>
        [.. Repository.Files(".", "*.md").Where(path => !path.StartsWith('.')).Concat(Repository.Files("docs", "*.md")).Distinct(StringComparer.Ordinal)];

    [Fact]
    public void Decision_InItsFolder_IsLinkedFromTheIndex()
    {
        string index = Repository.Read("docs/decisions/README.md");
        var pages = Repository.Files("docs/decisions", "*.md").Where(page => Path.GetFileName(page) != "README.md").ToArray();

        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.Contains($"({Path.GetFileName(page)})", index, StringComparison.Ordinal));
    }

    [Fact]
    public void Decision_InItsFolder_HasContextDecisionAndConsequences()
    {
        var pages = Repository.Files("docs/decisions", "*.md").Where(page => Path.GetFileName(page) != "README.md");

        Assert.All(pages, page => Assert.All(["## Context", "## Decision", "## Consequences"],
            heading => Assert.Contains(heading, Repository.Read(page), StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Link_ToAFile_LeadsSomewhere(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var targets = Link().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal));

        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(folder, target)), $"{page} links to {target}, which does not exist"));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
