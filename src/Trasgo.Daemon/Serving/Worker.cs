using System.Globalization;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon;

/// <summary>A worker of a <see cref="WorkerPool"/>, as it sees itself: this program started once more, with the master's listening sockets.</summary>
public sealed class Worker
{
    internal const string Variable = "TRASGO_DAEMON_WORKER";
    internal const int ChannelNumber = 3;
    internal const int FirstListener = 4;

    private static readonly Lazy<Worker?> s_current = new(Find);

    private readonly CancellationTokenSource _masterGone = new();
    private readonly SafeFileHandle _channel;

    private Worker(int index, int listeners)
    {
        Index = index;
        DescriptorCalls.SetCloseOnExec(ChannelNumber, on: true);
        _channel = new SafeFileHandle(ChannelNumber, ownsHandle: true);
        var sockets = new Socket[listeners];
        for (int i = 0; i < listeners; i++)
        {
            DescriptorCalls.SetCloseOnExec(FirstListener + i, on: true);
            sockets[i] = new Socket(new SafeSocketHandle(FirstListener + i, ownsHandle: true));
        }

        Listeners = sockets;
        new Thread(WaitForTheMastersEnd, 64 * 1024) { IsBackground = true, Name = "master" }.Start();
    }

    /// <summary>Is this process a worker? Null in the master and everywhere else. To be asked for at the beginning of the program.</summary>
    /// <exception cref="DaemonException">What the master passed cannot be used.</exception>
    public static Worker? Current => s_current.Value;

    /// <summary>Which of the workers this is: from 0 to the number of workers less one. One that replaces another has its number.</summary>
    public int Index { get; }

    /// <summary>The master's listening sockets in its order. All workers accept from the same ones.</summary>
    public IReadOnlyList<Socket> Listeners { get; }

    /// <summary>Cancelled when the master has ended, however that came. A worker should end then: nobody else will tell it to.</summary>
    public CancellationToken MasterGone => _masterGone.Token;

    /// <summary>Tells the master that this worker serves. While a pool is reloaded, this is what an old worker is stopped for.</summary>
    public void Ready() => DescriptorCalls.Write((int)_channel.DangerousGetHandle(), [1]);

    private static Worker? Find()
    {
        if (StageVariable.TakeFor(Variable, ChannelNumber) is not { } word)
        {
            return null;
        }

        string[] parts = word.Split(':');
        return parts is [var index, var count]
            && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int listeners)
                ? new Worker(number, listeners)
                : throw new DaemonException($"{Variable} makes no sense: {word}");
    }

    /// <summary>The master never writes, so that reading ends when the master does.</summary>
    private void WaitForTheMastersEnd()
    {
        Span<byte> buffer = stackalloc byte[1];
        while (DescriptorCalls.Read((int)_channel.DangerousGetHandle(), buffer) > 0)
        {
        }

        _masterGone.Cancel();
    }
}
