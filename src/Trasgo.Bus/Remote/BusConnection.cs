using Trasgo.Bus.Authentication;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Remote;

/// <summary>
/// A client's connection to a message bus, driven by the loop: nothing here waits for the daemon, which may be a child of ours that is
/// stopped, or one that is not started yet while we hold its socket.
/// </summary>
/// <remarks>
/// It authenticates first; what is sent before that is done waits in the queue. It ends when the daemon closes, breaks the framing, or leaves
/// too much unread. What a peer behind the daemon sends does not end it: a message that is too large or against the specification as we
/// read it is dropped, for otherwise any user could cut the manager off.
/// </remarks>
internal sealed partial class BusConnection : IDisposable
{
    private readonly BusSocket _socket;
    private readonly BusConnectionLimits _limits;
    private readonly SaslClient _sasl = new();
    private readonly MessageAssembler _incoming = new(BusLimits.IncomingMessageBytes);
    private readonly OutgoingQueue _outgoing;
    private readonly PendingCalls _calls;
    private readonly IoSource _source;
    private readonly DeferSource _flush;
    private readonly DeferSource _resume;
    private uint _serial;
    private bool _handling;

    public BusConnection(EventLoop loop, BlockPool blocks, BusSocket socket, BusConnectionLimits limits)
    {
        _socket = socket;
        _limits = limits;
        _outgoing = new OutgoingQueue(blocks);
        _calls = new PendingCalls(loop);
        _source = loop.OnIo(socket.Handle, IoEvents.Readable, OnEvents, EventPriority.Bus);
        _flush = loop.DeferLater(Flush, EventPriority.Bus);
        _resume = loop.DeferLater(Process, EventPriority.Bus);
        _ = _outgoing.Append(SaslClient.Opening);
        _flush.Schedule();
    }

    /// <summary>Every message that is not an answer to a call of ours. Its body is good until the handler returns.</summary>
    public Action<BusMessage> Received { get; init; } = static _ => { };

    /// <summary>The connection has ended by itself; called once.</summary>
    public Action Closed { get; init; } = static () => { };

    /// <summary>The daemon, which had much to read, has read nearly all.</summary>
    public Action CaughtUp { get; init; } = static () => { };

    public bool IsOpen { get; private set; } = true;

    public int QueuedBytes => _outgoing.Count;

    /// <summary>Sends a message, which stays the caller's.</summary>
    public void Send(BusMessage message) => _ = Enqueue(message);

    /// <summary>Sends a call and disposes it. The answer is a return or an error; an error may come at once.</summary>
    public void Call(BusMessage call, Action<BusMessage> answer)
    {
        using (call)
        {
            if (_calls.Count < _limits.CallsAtMost && Enqueue(call) is var serial and not 0)
            {
                _calls.Add(serial, answer);
                return;
            }

            using var error = BusMessage.Error(call, new BusError(BusErrorNames.LimitsExceeded, "Too many calls under way"));
            answer(error);
        }
    }

    /// <summary>Writes what can be written without waiting.</summary>
    public void Flush()
    {
        if (!IsOpen)
        {
            return;
        }

        var wasBehind = QueuedBytes > _limits.UnreadBytesOfBehind;
        if (_outgoing.Flush(_socket) != Errno.None)
        {
            Close();
            return;
        }

        if (wasBehind && QueuedBytes <= _limits.UnreadBytesOfBehind)
        {
            CaughtUp();
        }

        _source.Events = (IsClogged ? IoEvents.None : IoEvents.Readable) | (QueuedBytes > 0 ? IoEvents.Writable : IoEvents.None);
        if (!IsClogged && _incoming.Waiting.Length > 0)
        {
            _resume.Schedule();
        }
    }

    /// <summary>Ends the connection without telling <see cref="Closed"/>.</summary>
    public void Dispose()
    {
        if (!IsOpen)
        {
            return;
        }

        IsOpen = false;
        _source.Dispose();
        _flush.Dispose();
        _resume.Dispose();
        _outgoing.Dispose();
        if (!_handling)
        {
            _incoming.Dispose();
        }

        _incoming.DropDescriptors();
        _socket.Dispose();
        _calls.FailAll();
        _calls.Dispose();
    }

    // Who lets its answers pile up in the daemon is not listened to meanwhile: it cannot make the queue grow by calling on.
    private bool IsClogged => QueuedBytes > _limits.UnreadBytesOfCaller;

    private void Close()
    {
        if (IsOpen)
        {
            Dispose();
            Closed();
        }
    }

    /// <summary>The message's serial; 0 when it was not taken.</summary>
    private uint Enqueue(BusMessage message)
    {
        if (!IsOpen)
        {
            return 0;
        }

        _serial = _serial == uint.MaxValue ? 1 : _serial + 1;
        var serial = _serial;
        var error = _outgoing.Append(message, serial);
        if (error == Errno.EINVAL || IsOutOfDescriptors(error))
        {
            // Nothing of it is in the queue: this message is lost and nothing else.
            return 0;
        }

        if (error != Errno.None || QueuedBytes > _limits.QueuedBytes)
        {
            Close();
            return 0;
        }

        _flush.Schedule();
        return serial;
    }

    private static bool IsOutOfDescriptors(Errno error) => error is Errno.EMFILE or Errno.ENFILE;
}
