using Microsoft.Win32.SafeHandles;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>
/// Children and the channel to each: a pair of sockets. What a child writes is a word for us; the end of the channel is the end of the child, or ours if the
/// child reads it. A thread waits for all of them, and reaps only them: other children of the process are not ours to wait for.
/// </summary>
internal sealed unsafe class ChildSet : IDisposable
{
    public const int SIGKILL = 9;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, SafeFileHandle> _channels = [];   // by PID
    private readonly Action<int, int> _onExit;
    private readonly Action<int>? _onWord;
    private readonly SafeFileHandle _woken;
    private readonly SafeFileHandle _wake;
    private Thread? _thread;
    private volatile bool _isDisposed;

    /// <summary>Both are called on the thread of the set, with the PID; the second argument is the exit status, 128 and the signal's number for a signal.</summary>
    public ChildSet(Action<int, int> onExit, Action<int>? onWord = null)
    {
        _onExit = onExit;
        _onWord = onWord;
        (_woken, _wake) = DescriptorCalls.Pipe();
        DescriptorCalls.SetNonBlocking((int)_wake.DangerousGetHandle(), on: true);
    }

    /// <summary>Starts a child with its end of the channel under a number, and a variable that says what it is for.</summary>
    /// <returns>The PID.</returns>
    /// <exception cref="DaemonException">It cannot be started.</exception>
    public int Start(ReExecution program, string variable, string word, int channelNumber)
    {
        int* pair = stackalloc int[2];
        if (Libc.socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        {
            throw DaemonException.Last("cannot make a channel to a child");
        }

        using var theirs = new SafeFileHandle(pair[1], ownsHandle: true);
        var ours = new SafeFileHandle(pair[0], ownsHandle: true);
        try
        {
            program.Set(variable, StageVariable.ValueFor(pair[1], word));
            program.Pass(pair[1], channelNumber);
            lock (_lock)
            {
                int processId = program.Start();
                _channels.Add(processId, ours);
                if (_thread is null)
                {
                    _thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = "children" };
                    _thread.Start();
                }

                Wake();
                return processId;
            }
        }
        catch
        {
            ours.Dispose();
            throw;
        }
    }

    /// <summary>Signals a child that has not been reaped: the number cannot be somebody else's.</summary>
    public void Signal(int processId, int signal)
    {
        lock (_lock)
        {
            if (_channels.ContainsKey(processId))
            {
                _ = Libc.kill(processId, signal);
            }
        }
    }

    public void SignalAll(int signal)
    {
        lock (_lock)
        {
            foreach (int processId in _channels.Keys)
            {
                _ = Libc.kill(processId, signal);
            }
        }
    }

    /// <summary>Ends the waiting. Children that are left see their channel end.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Wake();
        _thread?.Join();
        foreach (var channel in _channels.Values)
        {
            channel.Dispose();
        }

        _wake.Dispose();
        _woken.Dispose();
    }

    private void Wake() => DescriptorCalls.Write((int)_wake.DangerousGetHandle(), [1]);

    private void Run()
    {
        Span<byte> buffer = stackalloc byte[64];
        while (true)
        {
            (int[] processes, PollDescriptor[] waiting) = Waiting();
            DescriptorCalls.Poll(waiting, Timeout.InfiniteTimeSpan);
            if (_isDisposed)
            {
                return;
            }

            if (waiting[^1].Returned != 0)
            {
                DescriptorCalls.Read(waiting[^1].Fd, buffer);
            }

            for (int i = 0; i < processes.Length; i++)
            {
                if (waiting[i].Returned != 0)
                {
                    Hear(processes[i], waiting[i].Fd, buffer);
                }
            }
        }
    }

    private (int[] Processes, PollDescriptor[] Waiting) Waiting()
    {
        lock (_lock)
        {
            var descriptors = new PollDescriptor[_channels.Count + 1];
            int i = 0;
            foreach (var channel in _channels.Values)
            {
                descriptors[i++] = new() { Fd = (int)channel.DangerousGetHandle(), Events = PollDescriptor.In };
            }

            descriptors[i] = new() { Fd = (int)_woken.DangerousGetHandle(), Events = PollDescriptor.In };
            return ([.. _channels.Keys], descriptors);
        }
    }

    private void Hear(int processId, int channel, Span<byte> buffer)
    {
        if (DescriptorCalls.Read(channel, buffer) > 0)
        {
            _onWord?.Invoke(processId);
            return;
        }

        int status = ChildStatus.WaitFor(processId, Forget);
        _onExit(processId, status);
    }

    /// <summary>From here on the number is free for other processes, so that nobody may signal it.</summary>
    private void Forget(int processId)
    {
        lock (_lock)
        {
            if (_channels.Remove(processId, out var channel))
            {
                channel.Dispose();
            }
        }
    }
}
