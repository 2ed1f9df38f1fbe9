using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Daemon.Extensions.Tests.Hosting;

/// <summary>A whole host, with a manager's ear of the test's own. Signals and the environment belong to the process, so one test runs at a time.</summary>
[Collection(nameof(HostTests))]
public sealed partial class HostTests : IDisposable
{
    private const int Hangup = 1, UserSignal1 = 10, Terminate = 15, Quit = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly NotifyReceiver _manager;

    public HostTests() => _manager = new(_folder["notify"]);

    public void Dispose()
    {
        _manager.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Terminate)]
    [InlineData(Quit)]
    public async Task Host_StartedAndEndedBySignal_TellsTheManager(int signal)
    {
        using var host = Build(options => options.ReadyStatus = "at work");
        await host.StartAsync();
        Assert.Equal("READY=1\nSTATUS=at work", _manager.Receive());

        Raise(signal);
        await host.WaitForShutdownAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("STOPPING=1", _manager.Receive());
    }

    [Fact]
    public async Task Host_ServiceThatStartsSlowly_IsNotReadyBefore()
    {
        var gate = new TaskCompletionSource();
        using var host = Build(services: services => services.AddHostedService(_ => new Slow(gate.Task)));
        var start = host.StartAsync();

        Assert.True(_manager.IsSilent(TimeSpan.FromMilliseconds(200)));
        gate.SetResult();
        await start;

        Assert.Equal("READY=1", _manager.Receive());
        await host.StopAsync();
    }

    [Fact]
    public async Task Host_Hangup_ReloadsConfigurationAndServices()
    {
        string file = _folder["settings.json"];
        await File.WriteAllTextAsync(file, """{"Word":"old"}""");
        var reload = new Recorder();
        using var host = Build(
            services: services => services.AddSingleton<IReloadable>(new Broken()).AddSingleton<IReloadable>(provider => reload.With(provider)),
            configuration: configuration => configuration.AddJsonFile(file, optional: false, reloadOnChange: false));
        await host.StartAsync();
        Assert.Equal("READY=1", _manager.Receive());
        await File.WriteAllTextAsync(file, """{"Word":"new"}""");

        Raise(Hangup);

        Assert.Matches(@"^RELOADING=1\nMONOTONIC_USEC=\d+$", _manager.Receive());
        Assert.Equal("READY=1", _manager.Receive());
        Assert.Equal(["reload new"], reload.Events);
        await host.StopAsync();
    }

    [Fact]
    public async Task Host_BrokenConfigurationAtAReload_KeepsRunning()
    {
        string file = _folder["settings.json"];
        await File.WriteAllTextAsync(file, """{"Word":"old"}""");
        var reload = new Recorder();
        using var host = Build(
            services: services => services.AddSingleton<IReloadable>(provider => reload.With(provider)),
            configuration: configuration => configuration.AddJsonFile(file, optional: false, reloadOnChange: false));
        await host.StartAsync();
        await File.WriteAllTextAsync(file, "no json");

        Raise(Hangup);

        Assert.Equal("READY=1", _manager.Receive());
        Assert.StartsWith("RELOADING=1", _manager.Receive(), StringComparison.Ordinal);
        Assert.Equal("READY=1", _manager.Receive());
        Assert.Single(reload.Events);
        await host.StopAsync();
    }

    [Fact]
    public async Task Host_UserSignal_ReopensAndDoesNotReload()
    {
        var recorder = new Recorder();
        using var host = Build(services: services => services.AddSingleton<IReloadable>(recorder).AddSingleton<IReopenable>(recorder));
        await host.StartAsync();
        Assert.Equal("READY=1", _manager.Receive());

        Raise(UserSignal1);

        Waiting.Until("the reopening", () => recorder.Events.Length > 0);
        Assert.Equal(["reopen"], recorder.Events);
        await host.StopAsync();
        Assert.Equal("STOPPING=1", _manager.Receive());
    }

    [Fact]
    public async Task Host_ManyHangupsDuringAReload_AreOneMore()
    {
        var recorder = new Recorder { Gate = new TaskCompletionSource() };
        using var host = Build(services: services => services.AddSingleton<IReloadable>(recorder));
        await host.StartAsync();
        var lifetime = host.Services.GetRequiredService<ReloadQueue>();

        lifetime.Request(reload: true, reopen: false, CancellationToken.None);
        Waiting.Until("the first reload", () => recorder.Events.Length == 1);
        for (int i = 0; i < 10; i++)
        {
            lifetime.Request(reload: true, reopen: false, CancellationToken.None);
        }

        recorder.Gate.SetResult();
        Waiting.Until("the second reload", () => recorder.Events.Length == 2);
        string[] told = [.. Enumerable.Range(0, 5).Select(_ => _manager.Receive().Split('\n')[0])];
        Assert.Equal(["READY=1", "RELOADING=1", "READY=1", "RELOADING=1", "READY=1"], told);
        Assert.True(_manager.IsSilent(TimeSpan.FromMilliseconds(50)));
        await host.StopAsync();
    }

    [Fact]
    public async Task Host_WatchdogAndHealthChecks_IsKeptContentWhileWell()
    {
        Environment.SetEnvironmentVariable("WATCHDOG_USEC", "100000");
        try
        {
            var status = HealthStatus.Degraded;
            using var host = Build(services: services => services.AddHealthChecks().AddCheck("test", () => new HealthCheckResult(status)));
            await host.StartAsync();
            Assert.Equal("READY=1", _manager.Receive());
            Assert.Equal("WATCHDOG=1", _manager.Receive());
            Assert.Equal("WATCHDOG=1", _manager.Receive());

            status = HealthStatus.Unhealthy;
            Waiting.Until("silence", () => _manager.IsSilent(TimeSpan.FromMilliseconds(200)) || _manager.Receive().Length == 0);

            status = HealthStatus.Healthy;
            Assert.Equal("WATCHDOG=1", _manager.Receive());
            await host.StopAsync();
        }
        finally
        {
            Environment.SetEnvironmentVariable("WATCHDOG_USEC", null);
        }
    }

    [Fact]
    public async Task Host_WithoutManager_Works()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseTrasgo();
        using var host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.False(host.Services.GetRequiredService<ServiceNotifier>().IsAvailable);
    }

    [Fact]
    public async Task Host_ManagerThatIsGone_Works()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new ServiceNotifier(_folder["gone"]));
        builder.UseTrasgo();
        using var host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.True(host.Services.GetRequiredService<ServiceNotifier>().IsAvailable);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);

    private static void Raise(int signal) => Assert.Equal(0, kill(Environment.ProcessId, signal));

    private IHost Build(Action<TrasgoHostOptions>? configure = null, Action<IServiceCollection>? services = null, Action<IConfigurationBuilder>? configuration = null)
    {
        // The old kind of builder here, the new one in the tests that have no manager.
        return new HostBuilder()
            .ConfigureAppConfiguration(builder => configuration?.Invoke(builder))
            .ConfigureServices(collection =>
            {
                collection.AddSingleton(new ServiceNotifier(_folder["notify"]));
                services?.Invoke(collection);
            })
            .ConfigureLogging(logging => logging.AddTrasgo(options => (options.Target, options.JournalSocketPath) = (TrasgoLogTarget.Journal, _folder["journal"])))
            .UseTrasgo(configure)
            .Build();
    }

    private sealed class Slow(Task gate) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => gate;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Broken : IReloadable
    {
        public ValueTask ReloadAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("broken on purpose");
    }

    private sealed class Recorder : IReloadable, IReopenable
    {
        private readonly List<string> _events = [];
        private IConfiguration? _configuration;

        public TaskCompletionSource? Gate { get; init; }

        public string[] Events
        {
            get
            {
                lock (_events)
                {
                    return [.. _events];
                }
            }
        }

        public Recorder With(IServiceProvider provider)
        {
            _configuration = provider.GetRequiredService<IConfiguration>();
            return this;
        }

        public async ValueTask ReloadAsync(CancellationToken cancellationToken)
        {
            Add(_configuration is null ? "reload" : "reload " + _configuration["Word"]);
            if (Gate is not null)
            {
                await Gate.Task;
            }
        }

        public ValueTask ReopenAsync(CancellationToken cancellationToken)
        {
            Add("reopen");
            return ValueTask.CompletedTask;
        }

        private void Add(string name)
        {
            lock (_events)
            {
                _events.Add(name);
            }
        }
    }
}
