using System.Globalization;

namespace Trasgo.Daemon;

/// <summary>The two processes on the way to the daemon. Each waits for the next one and passes on how it ended.</summary>
internal static class DetachingProcess
{
    private const int StandardError = 2;
    private const int FirstOther = 3;

    /// <summary>The process that the user started: prints what the daemon complains about, and returns the exit status.</summary>
    public static int RunFirst(DaemonOptions options, string variable, string word)
    {
        var (complaints, forDaemon) = DescriptorCalls.Pipe();
        using var nothing = NullDevice.Open();
        CloseOnExecutionFrom(FirstOther);

        // The leader knows no terminal from its first instruction: its standard streams are /dev/null and a pipe.
        var leader = new ReExecution { NewSession = true, Keeps = options.Keeps };
        leader.Set(variable, StageVariable.Value(word));
        leader.Pass((int)nothing.DangerousGetHandle(), 0);
        leader.Pass((int)nothing.DangerousGetHandle(), 1);
        leader.Pass((int)forDaemon.DangerousGetHandle(), StandardError);
        int processId = leader.Start();
        forDaemon.Dispose();

        // A helper that the daemon started may hold the pipe for ever; so it is the leader's end that is waited for, and then what is there is read.
        var (ended, end) = DescriptorCalls.Pipe();
        int status = 0;
        var waiter = new Thread(() =>
        {
            status = ChildStatus.Wait(processId);
            end.Dispose();
        })
        { IsBackground = true };
        waiter.Start();
        Copy((int)complaints.DangerousGetHandle(), (int)ended.DangerousGetHandle());
        waiter.Join();
        return status;
    }

    /// <summary>The leader of the new session: stays until the daemon is up, so that it knows how it ended if it did not get there.</summary>
    public static int RunLeader(string variable, string word)
    {
        const int ReadyNumber = FirstOther;
        var (isReady, ready) = DescriptorCalls.Pipe();
        CloseOnExecutionFrom(FirstOther);
        var daemon = new ReExecution();
        daemon.Set(variable, StageVariable.Value(string.Create(CultureInfo.InvariantCulture, $"{word}{ReadyNumber}")));
        daemon.Pass((int)ready.DangerousGetHandle(), ReadyNumber);
        int processId;
        try
        {
            processId = daemon.Start();
        }
        catch (DaemonException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }

        ready.Dispose();
        Span<byte> answer = stackalloc byte[1];
        if (DescriptorCalls.Read((int)isReady.DangerousGetHandle(), answer) == 1)
        {
            return 0;
        }

        int status = ChildStatus.Wait(processId);
        return status == 0 ? 1 : status;
    }

    /// <summary>Prints until nobody can write any more, or the leader has ended and the pipe is empty.</summary>
    private static void Copy(int from, int ended)
    {
        Span<byte> buffer = stackalloc byte[4096];
        Span<PollDescriptor> both = [new() { Fd = from, Events = PollDescriptor.In }, new() { Fd = ended, Events = PollDescriptor.In }];
        while (true)
        {
            DescriptorCalls.Poll(both, Timeout.InfiniteTimeSpan);
            if (both[0].Returned != 0)
            {
                int count = DescriptorCalls.Read(from, buffer);
                if (count <= 0)
                {
                    return;
                }

                DescriptorCalls.Write(StandardError, buffer[..count]);
            }
            else if (both[1].Returned != 0)
            {
                return;
            }
        }
    }

    /// <summary>Nothing that is open here is open in the next process, whoever opened it and however.</summary>
    private static void CloseOnExecutionFrom(int first)
    {
        foreach (string name in Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(path => Path.GetFileName(path)))
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int fd) && fd >= first)
            {
                DescriptorCalls.SetCloseOnExec(fd, on: true);
            }
        }
    }
}
