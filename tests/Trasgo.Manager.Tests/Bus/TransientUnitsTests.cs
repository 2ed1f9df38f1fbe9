using System.Text;
using Trasgo.Bus.Client;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.Manager.Bus;

namespace Trasgo.Manager.Tests.Bus;

/// <summary>StartTransientUnit: what becomes of the properties, of the descriptors, and of the units.</summary>
public sealed class TransientUnitsTests : IDisposable
{
    private readonly BusWorld _world = new();
    private readonly BusClient _client;

    public TransientUnitsTests() => _client = _world.Connect();

    public void Dispose()
    {
        Assert.Empty(_world.Bugs);
        _client.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void Commands_OfOneRequest_AddUp()
    {
        Start("a.service", [ClientProperty.Of("Type", "oneshot"), ClientProperty.Command("ExecStart", "/one"), ClientProperty.Command("ExecStart", "/two")]);

        Assert.Equal(["ExecStart=", "ExecStart=\"/one\"", "ExecStart=\"/two\""], Lines("a.service", "ExecStart"));
    }

    [Fact]
    public void Descriptors_BecomeTheStreamsOfTheService_AndAreNotWrittenDown()
    {
        var (read, write) = Pipe.Create(nonBlocking: true).OrThrow("pipe2");
        using (read)
        {
            using (write)
            {
                Start("a.service", [Descriptor("StandardOutputFileDescriptor", write), ClientProperty.Command("ExecStart", "/a")]);
            }

            _world.Units.Settle();
            var streams = _world.Units.Executor.Requests[^1].Streams!;
            Assert.Null(streams.Input);
            Assert.Null(streams.Error);
            FileSystem.Write(streams.Output!, "text"u8).OrThrow("write");
            Assert.Equal("text", Read(read));
            Assert.DoesNotContain(_world.Settings, static line => line.Contains("Descriptor", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Descriptors_AreClosed_WhenTheServiceIsDown()
    {
        var (read, write) = Pipe.Create(nonBlocking: true).OrThrow("pipe2");
        using (read)
        {
            using (write)
            {
                Start("a.service", [Descriptor("StandardOutputFileDescriptor", write), ClientProperty.Command("ExecStart", "/a")]);
            }

            _world.Units.Settle();
            Assert.Equal(Errno.EAGAIN, FileSystem.ReadInto(read, new byte[8]).Error);

            _world.Units.Stop("a.service");
            _world.Units.Settle();

            Assert.Equal("", Read(read));
        }
    }

    [Fact]
    public void Descriptors_OfARequestThatIsRefused_AreClosed()
    {
        var (read, write) = Pipe.Create(nonBlocking: true).OrThrow("pipe2");
        using (read)
        {
            using (write)
            {
                using var reply = Request("a.service", [Descriptor("StandardErrorFileDescriptor", write), ClientProperty.Of("Nonsense", true)]);
                Assert.Equal("Cannot set property Nonsense, or unknown property.", reply.Read().String());
            }

            Assert.Equal("", Read(read));
        }
    }

    [Fact]
    public void Descriptors_AreForServices()
    {
        var (read, write) = Pipe.Create().OrThrow("pipe2");
        using (read)
        using (write)
        {
            using var reply = Request("a.timer", [Descriptor("StandardInputFileDescriptor", write)]);
            Assert.Equal("Cannot set property StandardInputFileDescriptor, or unknown property.", reply.Read().String());
        }
    }

    private static ClientProperty Descriptor(string name, Descriptor descriptor) => new(name, "h", writer => writer.Descriptor(descriptor));

    private static string Read(Descriptor from)
    {
        var buffer = new byte[64];
        return Encoding.ASCII.GetString(buffer, 0, FileSystem.ReadInto(from, buffer).OrThrow("read"));
    }

    private void Start(string name, params ClientProperty[] properties)
    {
        using var reply = Request(name, properties);
        Assert.True(reply.Type == MessageType.MethodReturn, reply.Type == MessageType.Error ? reply.Read().String() : "");
    }

    private BusMessage Request(string name, params ClientProperty[] properties) => BusWorld.Call(
        _client, BusPaths.Manager, "org.freedesktop.systemd1.Manager", "StartTransientUnit", name, "fail", ClientProperty.List(properties), ClientProperty.Units([]));

    /// <summary>The lines of a directive that were written for the unit.</summary>
    private IEnumerable<string> Lines(string unit, string directive) => _world.Settings
        .Where(line => line.StartsWith($"{unit} ", StringComparison.Ordinal) && line.Contains($" {directive}=", StringComparison.Ordinal))
        .Select(static line => line[(line.IndexOf("] ", StringComparison.Ordinal) + 2)..]);
}
