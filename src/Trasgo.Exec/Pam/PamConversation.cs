using System.Text;
using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>
/// The manager's side of a start by way of PAM, after the process exists: it is asked to open the session, answers with its environment
/// and groups, and is given the rest of its spawn program, compiled with these. When the socket closes it has become the command, or died; what
/// fails before is said on the socket. All of it may take as long as PAM's modules do, and nobody waits here: the unit's own timeouts end it.
/// </summary>
internal sealed class PamConversation
{
    private const int AnswerLimit = 4 * 1024 * 1024;
    private const string Cannot = "Failed to set up PAM session";

    private readonly PamStart _start;
    private readonly ExecHost _host;
    private readonly int _pid;
    private readonly Action<SpawnResult> _done;
    private readonly IoSource _source;
    private SpawnProgram? _rest;
    private bool _finished;

    private PamConversation(EventLoop loop, ExecHost host, PamStart start, int pid, Action<SpawnResult> done)
    {
        _start = start;
        _host = host;
        _pid = pid;
        _done = done;

        // Before the reaper: why a process ended is known before that it did.
        _source = loop.OnReadable(start.Ours, OnMessage, EventPriority.Spawned);
    }

    /// <summary>Begins; the outcome comes later, on the loop. Takes the start over.</summary>
    public static void Begin(EventLoop loop, ExecHost host, PamStart start, int pid, Action<SpawnResult> done)
    {
        start.Theirs.Dispose();
        var conversation = new PamConversation(loop, host, start, pid, done);
        conversation.Say((byte)'R', PamRequest.Of(start, pid));
    }

    private void OnMessage()
    {
        Span<byte> buffer = stackalloc byte[2048];
        var received = UnixSocket.Receive(_start.Ours, buffer);
        if (!received.Ok)
        {
            if (received.Error != Errno.EAGAIN)
            {
                Finish(SpawnStep.None, Errno.None, string.Empty);
            }

            return;
        }

        var message = buffer[..received.Value.Length];
        received.Value.DropDescriptors();
        switch (message)
        {
            case [(byte)'O']:
                Continue();
                break;
            case [(byte)'P', .. var text]:
                Finish(SpawnStep.Pam, Errno.EPERM, $"PAM failed: {Encoding.UTF8.GetString(text)}");
                break;
            case [(byte)'X', .. var numbers]:
                FinishWith(Encoding.ASCII.GetString(numbers));
                break;
            default:
                // The end, which is the command's beginning: the socket is closed as it executes.
                Finish(SpawnStep.None, Errno.None, string.Empty);
                break;
        }
    }

    private void Continue()
    {
        if (_rest is not null || MemoryFile.ReadAll(_start.File, AnswerLimit) is not { Ok: true, Value: var content })
        {
            Refuse(Errno.EPROTO);
            return;
        }

        try
        {
            _rest = ExecCompiler.CompileRest(_host, _start.Parameters, _start.Identity, PamAnswer.Parse(content));
            Say((byte)'G', _rest.ToImage());
        }
        catch (Exception e)
        {
            // As for every compilation: a bug here is one failed start, and not a unit that waits for ever.
            Refuse((e as LinuxException)?.Error ?? Errno.EIO);
        }
    }

    private void Say(byte word, byte[] content)
    {
        var error = MemoryFile.Replace(_start.File, content);
        if (error == Errno.None)
        {
            error = UnixSocket.Send(_start.Ours, [word]).Error;
        }

        // EPIPE: it has ended already, and the socket's end tells so in its turn.
        if (error is not (Errno.None or Errno.EPIPE))
        {
            Refuse(error);
        }
    }

    /// <summary>The process finds the socket closed and ends with 224/PAM.</summary>
    private void Refuse(Errno error) => Finish(SpawnStep.Pam, error, Cannot);

    private void FinishWith(string numbers)
    {
        if (numbers.Split(' ') is [var step, var operation, var error]
            && int.TryParse(step, out var failed) && int.TryParse(operation, out var index) && int.TryParse(error, out var errno))
        {
            Finish((SpawnStep)failed, (Errno)errno, _rest?.Note(index) ?? Cannot);
        }
        else
        {
            Refuse(Errno.EPROTO);
        }
    }

    private void Finish(SpawnStep step, Errno error, string note)
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        _source.Dispose();
        _rest?.Dispose();
        _start.Dispose();
        _done(new SpawnResult(_pid, null, step, error, note));
    }
}
