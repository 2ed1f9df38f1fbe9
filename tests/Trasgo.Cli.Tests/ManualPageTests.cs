using System.Diagnostics;
using System.Runtime.CompilerServices;
using Trasgo.Cli.Commands;
using Trasgo.Cli.Commands.Generator;
using Trasgo.Cli.Commands.Inetd;

namespace Trasgo.Cli.Tests;

/// <summary>The manual pages in docs/man: groff reads them without a warning, and they name what there is.</summary>
public sealed class ManualPageTests
{
    private static readonly string s_folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "docs", "man"));

    public static TheoryData<string> Pages => [.. Directory.GetFiles(s_folder).Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public void Page_ReadByGroff_HasNoWarning(string page)
    {
        Skip.IfNot(File.Exists("/usr/bin/groff") && Directory.Exists("/usr/share/groff"), "groff is not installed");
        var start = new ProcessStartInfo("groff", ["-man", "-Tutf8", "-ww", "-z", Path.Combine(s_folder, page)]) { RedirectStandardError = true };

        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(("", 0), (said, process.ExitCode));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_ByItsHead_IsWhatItsFileIsCalled(string page)
    {
        var head = File.ReadLines(Path.Combine(s_folder, page)).First().Split(' ');

        Assert.Equal((".TH", page), (head[0], $"{head[1].Replace("\\-", "-", StringComparison.Ordinal).ToLowerInvariant()}.{head[2]}"));
    }

    [Fact]
    public void Generators_HaveEachAPage()
    {
        Assert.All(GeneratorTable.Rows, static row => Assert.True(File.Exists(Path.Combine(s_folder, $"trasgo-{row.Name}-generator.8")), row.Name));
    }

    [Fact]
    public void PageOfInetd_NamesEveryOptionOfTheHelp()
    {
        using var help = new RecordedOutput();
        Assert.Equal(0, InetdCommand.Run(new CommandInvocation("inetd", ["--help"], help.Output)));
        var page = File.ReadAllText(Path.Combine(s_folder, "trasgo-inetd.8"));

        var options = help.Out.Split('\n').Select(static line => line.Trim()).Where(static line => line.StartsWith('-')).Select(static line => line[1]).ToArray();
        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Contains($"\\-{option}", page, StringComparison.Ordinal));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
