using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;

namespace Trasgo.Daemon.Tests.Service;

[Collection(EnvironmentCollection.Name)]
public sealed class ServiceEnvironmentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void IsBooted_DependsOnTheDirectoryAlone()
    {
        Assert.False(ServiceEnvironment.IsBootedBelow(_folder.Root));

        Directory.CreateDirectory(_folder["run/systemd/system"]);

        Assert.True(ServiceEnvironment.IsBootedBelow(_folder.Root));
        Assert.Equal(Directory.Exists("/run/systemd/system"), ServiceEnvironment.IsBooted);
    }

    [Theory]
    [InlineData("/run/a", new[] { "/run/a" })]
    [InlineData("/run/a:/run/b/c", new[] { "/run/a", "/run/b/c" })]
    [InlineData("relative:/run/a:", new[] { "/run/a" })]
    [InlineData("", new string[0])]
    [InlineData(null, new string[0])]
    public void Directories_WithTheirVariables_AreTheAbsolutePathsInIt(string? value, string[] expected)
    {
        using var variables = new Variables(
            ("RUNTIME_DIRECTORY", value), ("STATE_DIRECTORY", value), ("CACHE_DIRECTORY", value), ("LOGS_DIRECTORY", value), ("CONFIGURATION_DIRECTORY", value));

        Assert.Equal(expected, ServiceEnvironment.RuntimeDirectories);
        Assert.Equal(expected, ServiceEnvironment.StateDirectories);
        Assert.Equal(expected, ServiceEnvironment.CacheDirectories);
        Assert.Equal(expected, ServiceEnvironment.LogsDirectories);
        Assert.Equal(expected, ServiceEnvironment.ConfigurationDirectories);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    [InlineData("0123456789abcdef0123456789abcdeg", false)]
    [InlineData("0123", false)]
    [InlineData(null, false)]
    public void InvocationId_IsAnIdOrNothing(string? value, bool isOne)
    {
        using var variables = new Variables(("INVOCATION_ID", value));

        Assert.Equal(isOne ? value : null, ServiceEnvironment.InvocationId);
    }

    [Fact]
    public void ReadCredential_WithADirectory_ReadsWhatIsThere()
    {
        File.WriteAllBytes(_folder["password"], [1, 2, 0, 255]);
        using var variables = new Variables(("CREDENTIALS_DIRECTORY", _folder.Root));

        Assert.Equal([1, 2, 0, 255], ServiceEnvironment.ReadCredential("password"));
        Assert.Null(ServiceEnvironment.ReadCredential("other"));
        Assert.ThrowsAny<ArgumentException>(() => ServiceEnvironment.ReadCredential("../password"));
        Assert.ThrowsAny<ArgumentException>(() => ServiceEnvironment.ReadCredential("/etc/passwd"));
        Assert.ThrowsAny<ArgumentException>(() => ServiceEnvironment.ReadCredential(".."));
    }

    [Fact]
    public void ReadCredential_WithoutADirectory_IsNull()
    {
        using var variables = new Variables(("CREDENTIALS_DIRECTORY", null));

        Assert.Null(ServiceEnvironment.CredentialsDirectory);
        Assert.Null(ServiceEnvironment.ReadCredential("password"));
    }

    [Fact]
    public void PathFor_WithARuntimeDirectory_IsInIt()
    {
        using var variables = new Variables(("RUNTIME_DIRECTORY", "/run/timed:/run/other"));

        Assert.Equal("/run/timed/timed.pid", PidFile.PathFor("timed"));
    }

    public void Dispose() => _folder.Dispose();
}
