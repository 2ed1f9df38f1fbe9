using Trasgo.Bus.Client;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Tests.Server;

public sealed class BusClientTests
{
    [Fact]
    public void Connect_OverAPath_CallsAndTimesOut()
    {
        var directory = Directory.CreateTempSubdirectory("trasgo-bus-").FullName;
        using var server = new TestServer();
        Assert.Equal(Errno.None, server.Server.Listen(directory + "/bus"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory + "/bus"));
        var stop = false;
        var thread = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                server.Loop.RunOnce(10_000);
            }
        });
        thread.Start();
        try
        {
            using var client = BusClient.Connect(directory + "/bus").OrThrow("connect");
            Assert.Equal("hola", client.Call(TestServer.Call("Echo", static w => w.String("hola"))).Read().String());
            var big = client.Call(TestServer.Call("Blob", static w => w.UInt32(3_000_000)));
            Assert.Equal(3_000_000, big.Read().ByteArray().Length);
            Assert.Equal(BusErrorNames.NoReply, client.Call(TestServer.Call("Later"), 50).ErrorName);
            Assert.Equal(Errno.ETIMEDOUT, client.ReadSignal(10).Error);
        }
        finally
        {
            Volatile.Write(ref stop, true);
            thread.Join();
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Connect_NobodyThere_TellsSo() => Assert.Equal(Errno.ENOENT, BusClient.Connect("/nonexistent/bus").Error);

    [Fact]
    public void Call_ServerGoes_IsAnErrorReply()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        foreach (var peer in server.Server.Peers.ToArray())
        {
            peer.Disconnect();
        }

        Assert.Equal(BusErrorNames.Disconnected, client.Call(TestServer.Call("Echo", static w => w.String("x"))).ErrorName);
    }
}
