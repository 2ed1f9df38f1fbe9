using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Daemon.Extensions.Tests.Logging;

public sealed class LoggerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string JournalPath => _folder["journal"];

    private string LogPath => _folder["log"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Log_ToTheJournal_KeepsWhatItWasTold()
    {
        using var journal = new JournalReceiver(JournalPath);
        using var services = Services(options => options.JournalSocketPath = JournalPath);

        Logger(services).LogWarning(new EventId(7, "Login"), "{UserName} came at {Time} from {Message}, {ETag}", "ñandú", 1.5, "the\ndoor", null);

        var fields = Receive(journal);
        Assert.Equal("4", fields["PRIORITY"]);
        Assert.Equal("test", fields["SYSLOG_IDENTIFIER"]);
        Assert.Equal("3", fields["SYSLOG_FACILITY"]);
        Assert.Equal($"{Environment.ProcessId}", fields["SYSLOG_PID"]);
        Assert.Equal("ñandú came at 1.5 from the\ndoor, (null)", fields["MESSAGE"]);
        Assert.Equal("{UserName} came at {Time} from {Message}, {ETag}", fields["MESSAGE_TEMPLATE"]);
        Assert.Equal("Some.Category", fields["LOGGER"]);
        Assert.Equal("7", fields["EVENT_ID"]);
        Assert.Equal("Login", fields["EVENT_NAME"]);
        Assert.Equal("ñandú", fields["USER_NAME"]);
        Assert.Equal("1.5", fields["TIME"]);
        Assert.Equal("the\ndoor", fields["X_MESSAGE"]);
        Assert.DoesNotContain("ETAG", fields.Keys);
    }

    [Fact]
    public void Log_ExceptionToTheJournal_IsInTheMessageAndInFields()
    {
        using var journal = new JournalReceiver(JournalPath);
        using var services = Services(options => options.JournalSocketPath = JournalPath);

        Logger(services).LogCritical(new InvalidOperationException("what happened"), "It broke");

        var fields = Receive(journal);
        Assert.Equal("2", fields["PRIORITY"]);
        Assert.StartsWith("It broke\nSystem.InvalidOperationException: what happened", fields["MESSAGE"], StringComparison.Ordinal);
        Assert.Equal("System.InvalidOperationException", fields["EXCEPTION_TYPE"]);
        Assert.Equal("what happened", fields["EXCEPTION_MESSAGE"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Log_InAScope_HasItsValuesIfWanted(bool wanted)
    {
        using var journal = new JournalReceiver(JournalPath);
        using var services = Services(options => (options.JournalSocketPath, options.IncludeScopes) = (JournalPath, wanted));
        var logger = Logger(services);

        using (logger.BeginScope("request {RequestId}", 42))
        using (logger.BeginScope("words"))
        {
            logger.LogInformation("inside");
        }

        var fields = Receive(journal);
        Assert.Equal(wanted, fields.ContainsKey("REQUEST_ID"));
        Assert.Equal(wanted ? "words" : null, fields.GetValueOrDefault("SCOPE"));
    }

    [Fact]
    public void Log_MoreValuesThanAnEntryHolds_LosesOnlyThose()
    {
        using var journal = new JournalReceiver(JournalPath);
        using var services = Services(options => options.JournalSocketPath = JournalPath);
        var values = Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create($"Value{i}", (object?)i)).ToList();

        Logger(services).Log(LogLevel.Information, default, values, null, (_, _) => "many");

        var fields = Receive(journal);
        Assert.Equal("many", fields["MESSAGE"]);
        Assert.InRange(fields.Count, 900, JournalEntry.MaxFields);
    }

    [Fact]
    public void Log_ValueThatLogsItself_GivesTwoWholeEntries()
    {
        using var journal = new JournalReceiver(JournalPath);
        using var services = Services(options => options.JournalSocketPath = JournalPath);
        var logger = Logger(services);

        logger.LogInformation("outer {Value}", new Talkative(() => logger.LogInformation("inner")));

        string[] messages = [Receive(journal)["MESSAGE"], Receive(journal)["MESSAGE"], Receive(journal)["MESSAGE"]];
        Assert.Equal(["inner", "inner", "outer spoken"], messages.Order());
    }

    [Theory]
    [InlineData("UserName", "USER_NAME")]
    [InlineData("userId2Go", "USER_ID2_GO")]
    [InlineData("HTTPStatus", "HTTPSTATUS")]
    [InlineData("a.b-c/d", "A_B_C_D")]
    [InlineData("message", "X_MESSAGE")]
    [InlineData("CodeFile", "X_CODE_FILE")]
    [InlineData("_private", "X_PRIVATE")]
    [InlineData("1st", "X_1ST")]
    [InlineData("", "X_")]
    [InlineData("ñ", "X_")]
    public void FieldName_OfAName_IsOneTheJournalTakes(string name, string expected)
    {
        Assert.Equal(expected, FieldName.Of(name));
        Assert.True(JournalEntry.IsValidName(FieldName.Of(name)));
    }

    [Fact]
    public void FieldName_OfALongName_IsCut() => Assert.True(JournalEntry.IsValidName(FieldName.Of("Message" + new string('x', 100))));

    [Fact]
    public void Log_NoJournal_GoesToSyslog()
    {
        using var log = new LocalLog(LogPath);
        using var services = Services(options => (options.JournalSocketPath, options.Endpoint) = (_folder["none"], SyslogEndpoint.Unix(LogPath)));

        Logger(services).LogError(new EventId(7), new FormatException("bad"), "It broke");
        Logger(services).LogTrace("fine");

        Assert.Matches($@"^<27>.{{15}} test\[{Environment.ProcessId}\]: Some\.Category\[7\]: It broke$", log.Receive());
        Assert.Equal("System.FormatException: bad", log.ReceiveText());
        Assert.Equal("Some.Category: fine", log.ReceiveText());
        Assert.Equal(TrasgoLogTarget.Syslog, services.GetServices<ILoggerProvider>().OfType<TrasgoLoggerProvider>().Single().Target);
    }

    [Fact]
    public void Log_LevelNone_IsNotWritten()
    {
        using var log = new LocalLog(LogPath);
        using var services = Services(options => (options.Target, options.Endpoint) = (TrasgoLogTarget.Syslog, SyslogEndpoint.Unix(LogPath)));
        var provider = services.GetServices<ILoggerProvider>().OfType<TrasgoLoggerProvider>().Single();

        Assert.False(provider.CreateLogger("x").IsEnabled(LogLevel.None));
        provider.CreateLogger("x").Log(LogLevel.None, "x");
        provider.CreateLogger("x").Log(LogLevel.Warning, "y");

        Assert.EndsWith("x: y", log.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_AfterTheProviderWasDisposed_IsNoError()
    {
        var provider = new TrasgoLoggerProvider(Microsoft.Extensions.Options.Options.Create(
            new TrasgoLoggerOptions { Target = TrasgoLogTarget.Journal, JournalSocketPath = JournalPath }));
        var logger = provider.CreateLogger("late");
        provider.Dispose();

        logger.LogError("somebody still talks");

        Assert.Equal(TrasgoLogTarget.Journal, provider.Target);
    }

    [Fact]
    public void AddTrasgo_Twice_IsOneProvider()
    {
        var services = new ServiceCollection();
        services.AddLogging(builder => builder.AddTrasgo().AddTrasgo());

        Assert.Single(services, service => service.ImplementationType == typeof(TrasgoLoggerProvider));
    }

    [Fact]
    public void Provider_WithANameThatIsNone_IsRefused() => Assert.Throws<ArgumentException>(() =>
        new TrasgoLoggerProvider(Microsoft.Extensions.Options.Options.Create(new TrasgoLoggerOptions { Identity = "two words", Target = TrasgoLogTarget.Syslog })));

    private static ILogger Logger(ServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("Some.Category");

    private static ServiceProvider Services(Action<TrasgoLoggerOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging(builder => builder.SetMinimumLevel(LogLevel.Trace).AddTrasgo(options =>
        {
            options.Identity = "test";
            configure(options);
        }));
        return services.BuildServiceProvider();
    }

    private static Dictionary<string, string> Receive(JournalReceiver journal)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (ReadOnlySpan<byte> rest = journal.Receive().Bytes; !rest.IsEmpty;)
        {
            int end = rest.IndexOf((byte)'\n'), equals = rest[..end].IndexOf((byte)'=');
            if (equals >= 0)
            {
                fields.Add(Encoding.UTF8.GetString(rest[..equals]), Encoding.UTF8.GetString(rest[(equals + 1)..end]));
                rest = rest[(end + 1)..];
            }
            else
            {
                int length = (int)BitConverter.ToUInt64(rest[(end + 1)..]);
                fields.Add(Encoding.UTF8.GetString(rest[..end]), Encoding.UTF8.GetString(rest.Slice(end + 9, length)));
                rest = rest[(end + 9 + length + 1)..];
            }
        }

        return fields;
    }

    private sealed class Talkative(Action speak)
    {
        public override string ToString()
        {
            speak();
            return "spoken";
        }
    }
}
