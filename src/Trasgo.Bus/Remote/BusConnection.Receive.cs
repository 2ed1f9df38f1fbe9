using Trasgo.Bus.Authentication;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Remote;

/// <summary>The receiving half: bytes to authentication, answers and messages.</summary>
internal sealed partial class BusConnection
{
    // So many messages a round; other sources have their turn before it goes on.
    private const int MessagesPerRound = 32;

    // The daemon allows sixteen a message by default.
    private const int DescriptorsAtMost = 2 * BusLimits.DescriptorsPerMessage;

    /// <summary>What is left of a message that was too large; it is thrown away as it comes.</summary>
    private long _discard;

    private void OnEvents(IoEvents events)
    {
        if ((events & (IoEvents.Writable | IoEvents.Error)) != 0)
        {
            Flush();
        }

        if (IsOpen && (events & (IoEvents.Readable | IoEvents.HangUp | IoEvents.Error)) != 0)
        {
            Receive();
        }
    }

    private void Receive()
    {
        var received = _socket.TryReceive(_incoming.Room(), _descriptors);
        if (received.Error == Errno.EAGAIN)
        {
            _incoming.Trim();
            return;
        }

        if (!received.Ok || received.Value == 0 || _descriptors.Count > DescriptorsAtMost)
        {
            Close();
            return;
        }

        _incoming.Commit(received.Value);
        Process();
    }

    private void Process()
    {
        if (!IsOpen || _handling)
        {
            return;
        }

        _handling = true;
        var more = Authenticated() && Messages();
        _handling = false;
        if (!IsOpen)
        {
            _incoming.Dispose();
            return;
        }

        _incoming.Trim();
        if (more)
        {
            _resume.Schedule();
        }
    }

    private bool Authenticated()
    {
        if (_sasl.State == SaslState.Auth)
        {
            _incoming.Consume(_sasl.Feed(_incoming.Filled.Span));
        }

        if (_sasl.State == SaslState.Failed)
        {
            Close();
        }

        return _sasl.State == SaslState.Done;
    }

    /// <summary>Whether more complete messages wait.</summary>
    private bool Messages()
    {
        for (var handled = 0; IsOpen && !IsClogged; handled++)
        {
            Discard();
            var total = HeaderCodec.Length(_incoming.Filled.Span);
            if (total < 0)
            {
                Close();
            }

            if (total <= 0)
            {
                return false;
            }

            if (total > BusLimits.IncomingMessageBytes)
            {
                _discard = total;
                DropDescriptors();
                continue;
            }

            if (_incoming.Count < total)
            {
                return false;
            }

            if (handled == MessagesPerRound)
            {
                return true;
            }

            One(_incoming.Filled[..(int)total]);
            _incoming.Consume((int)total);
        }

        return false;
    }

    private void Discard()
    {
        var now = (int)Math.Min(_discard, _incoming.Count);
        _incoming.Consume(now);
        _discard -= now;
    }

    private void One(ReadOnlyMemory<byte> bytes)
    {
        List<Descriptor> descriptors = [];
        if (_descriptors.Count > 0)
        {
            var announced = Math.Min(HeaderCodec.AnnouncedDescriptors(bytes), _descriptors.Count);
            descriptors = _descriptors.GetRange(0, announced);
            _descriptors.RemoveRange(0, announced);
        }

        if (HeaderCodec.Read(bytes, descriptors) is not { } message)
        {
            // Whose the descriptors are is not known any more; whoever's they were gets no answer.
            descriptors.ForEach(static descriptor => descriptor.Dispose());
            DropDescriptors();
            return;
        }

        using (message)
        {
            if (message.Type is MessageType.MethodReturn or MessageType.Error)
            {
                _calls.Answer(message);
            }
            else
            {
                Received(message);
            }
        }
    }
}
