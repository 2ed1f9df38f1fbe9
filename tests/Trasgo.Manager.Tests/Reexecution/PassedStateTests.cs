using System.Text;
using Trasgo.Linux;

namespace Trasgo.Manager.Tests;

/// <summary>What one manager leaves, as the next finds it.</summary>
public class PassedStateTests
{
    [Fact]
    public void Open_OfWhatAManagerLeft_HasRecordsAndDescriptors()
    {
        using var socket = Pipe.EventCounter().OrThrow("eventfd");
        var left = socket.Duplicate().OrThrow("dup").Release();

        using var state = Open($"trasgo-state 1\nmanager \\-\n\tdescriptor {left}\n\tnotify-socket {left}\nunit a.service\n\tstate Running\n");

        Assert.Equal(1, state.DescriptorsLeft);
        using var taken = state.Manager.Descriptor("notify-socket");
        Assert.NotNull(taken);
        Assert.True(taken.IsSameAs(socket));
        Assert.Equal(0, state.DescriptorsLeft);
        Assert.Equal(["manager", "unit"], state.Records.Select(static record => record.Kind));
        Assert.Empty(state.Complaints);
    }

    [Fact]
    public void Record_ThatNamesADescriptorOfSomebodyElse_DoesNotGetIt()
    {
        using var socket = Pipe.EventCounter().OrThrow("eventfd");

        using var state = Open($"trasgo-state 1\nmanager \\-\nunit a.service\n\tstored {socket.Raw} x watched\n");

        Assert.Null(state.Records[1].Unshelve($"{socket.Raw}"));
        Assert.True(socket.SetInherited(false));
    }

    [Fact]
    public void Open_OfNoDescriptor_IsNoState() => Assert.Null(PassedState.Open(1_000_000_000));

    [Fact]
    public void Arguments_WithDeserialize_AreThoseOfAManagerThatTakesOver()
    {
        using var file = MemoryFile.Create("state", "trasgo-state 1\nmanager \\-\n\texit-code 3\n"u8).OrThrow("memfd");
        var number = file.Duplicate().OrThrow("dup").Release();

        var options = ManagerCommandLine.Parse("init", ["--log-level=debug", $"{Manager.Reexecution.Argument}{number}"], out _);

        using var state = options?.State;
        Assert.Equal(3ul, state?.Manager.Number("exit-code"));
    }

    private static PassedState Open(string text)
    {
        using var file = MemoryFile.Create("state", Encoding.ASCII.GetBytes(text)).OrThrow("memfd");
        return PassedState.Open(file.Duplicate().OrThrow("dup").Release())!;
    }
}
