using System.Diagnostics;
using System.Runtime.InteropServices;
using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Daemon.Tests.Packaging;

/// <summary>
/// New projects that know nothing of this repository but the packages of ./build.sh pack: they are compiled to native code, all of the package and not only what they use, and a
/// warning of the compiler, of the trimmer or of the native compiler is an error.
/// </summary>
[Collection(PublishingCollection.Name)]
public sealed class ConsumerTests : IDisposable
{
    private const string Console = """
        using Trasgo.Daemon;

        using var signals = new DaemonSignals();
        using var passed = ListenDescriptors.Take();
        using var log = SyslogClient.Open("consumer");
        var notifier = ServiceNotifier.FromEnvironment();
        notifier.Ready("consumed");
        System.Console.WriteLine($"{passed.Count} descriptors, user {DaemonUser.Find("nobody").Name}, .NET {Environment.Version.Major}");
        """;

    private const string Web = """
        using Trasgo.Daemon.Extensions;

        var builder = WebApplication.CreateSlimBuilder(args);
        builder.UseTrasgo();
        builder.WebHost.UseInheritedSockets().UseUrls("http://127.0.0.1:0");
        await using var application = builder.Build();
        application.Run(context => context.Response.WriteAsync("hello"));
        await application.StartAsync();
        using (var client = new HttpClient())
        {
            Console.WriteLine($"{await client.GetStringAsync(application.Urls.First())}, .NET {Environment.Version.Major}");
        }

        await application.StopAsync();
        """;

    private readonly TemporaryFolder _folder = new();

    [SkippableTheory]
    [InlineData("net10.0", "0 descriptors, user nobody, .NET 10\n")]
    [InlineData("net9.0", "0 descriptors, user nobody, .NET 9\n")]
    public void Daemon_InANewProgram_CompilesToNativeCodeWithoutAWarning(string framework, string expected) =>
        Assert.Equal(expected, PublishAndRun("Microsoft.NET.Sdk", "Trasgo.Daemon", framework, Console));

    [SkippableTheory]
    [InlineData("net10.0", "hello, .NET 10\n")]
    [InlineData("net9.0", "hello, .NET 9\n")]
    public void Extensions_InANewWebApplication_CompileToNativeCodeWithoutAWarning(string framework, string expected) =>
        Assert.Contains(expected, PublishAndRun("Microsoft.NET.Sdk.Web", "Trasgo.Daemon.Extensions", framework, Web), StringComparison.Ordinal);

    [SkippableFact]
    public void Project_WithCodeThatCannotBeTrimmed_DoesNotCompile()
    {
        var (status, output) = Publish("Microsoft.NET.Sdk", "Trasgo.Daemon", "net10.0", """System.Console.WriteLine(Type.GetType(args[0])?.GetMethods().Length);""");

        Assert.NotEqual(0, status);
        Assert.Contains("IL20", output);
    }

    public void Dispose() => _folder.Dispose();

    private string PublishAndRun(string sdk, string package, string framework, string program)
    {
        var (status, output) = Publish(sdk, package, framework, program);
        Assert.True(status == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        return Peer.Run(_folder["out/consumer"]);
    }

    private (int Status, string Output) Publish(string sdk, string package, string framework, string program)
    {
        string packages = Path.GetFullPath(Path.Combine(PackageTests.Folder(), "../packages-of-consumers"));
        Skip.IfNot(Directory.Exists(PackageTests.Folder()), "./build.sh pack makes the packages");
        File.WriteAllText(_folder["Program.cs"], program);
        File.WriteAllText(_folder["Directory.Build.props"], "<Project />");
        File.WriteAllText(_folder["consumer.csproj"], $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <PublishAot>true</PublishAot>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
                <RestorePackagesPath>{packages}</RestorePackagesPath>
                <RestoreFallbackFolders>{Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages")}</RestoreFallbackFolders>
                <RestoreAdditionalProjectSources>{PackageTests.Folder()}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="*" />
                <TrimmerRootAssembly Include="Trasgo.Daemon" />
                <TrimmerRootAssembly Include="{package}" />
              </ItemGroup>
            </Project>
            """);

        // The version stays the same while the package changes: what was unpacked for an earlier run is not this one's.
        foreach (string old in Directory.Exists(packages) ? Directory.GetDirectories(packages, "trasgo.*") : [])
        {
            Directory.Delete(old, recursive: true);
        }

        var restored = Dotnet("restore", "-r", RuntimeInformation.RuntimeIdentifier);
        Skip.If(restored.Status != 0 && restored.Output.Contains("NU110") && !restored.Output.Contains("Trasgo"), "the registry lacks the compiler's packages for " + framework);
        Assert.True(restored.Status == 0, restored.Output);
        return Dotnet("publish", "--no-restore", "-r", RuntimeInformation.RuntimeIdentifier, "-o", _folder["out"]);
    }

    private (int Status, string Output) Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder.Root, RedirectStandardOutput = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (string variable in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal) || name.StartsWith("VSTEST", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        using var dotnet = Process.Start(start)!;
        string output = dotnet.StandardOutput.ReadToEnd();
        dotnet.WaitForExit();
        return (dotnet.ExitCode, output);
    }
}
