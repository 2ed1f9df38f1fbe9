using Trasgo.Bus.Authentication;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Server;

/// <summary>The receiving half: bytes to authentication and messages.</summary>
internal sealed partial class BusPeer
{
    // So many messages of one peer a round; the others have their turn before it goes on.
    private const int MessagesPerRound = 32;

    /// <summary>Handles messages that are complete but had to wait for the next round.</summary>
    public void Resume()
    {
        if (IsConnected && !_handling)
        {
            Process();
        }
    }

    private void OnEvents(IoEvents events)
    {
        if ((events & (IoEvents.Writable | IoEvents.Error)) != 0)
        {
            Flush();
        }

        if (IsConnected && (events & (IoEvents.Readable | IoEvents.HangUp | IoEvents.Error)) != 0)
        {
            Receive();
        }
    }

    private void Receive()
    {
        if (_incoming.TryReceive(_socket, DescriptorsAllowed(), out var ended))
        {
            Process();
        }
        else if (ended)
        {
            Disconnect();
        }
    }

    private void Process()
    {
        _handling = true;
        if (_sasl.State != SaslState.Done)
        {
            Authenticate();
        }

        var more = _sasl.State == SaslState.Done && Messages();
        _handling = false;
        if (!IsConnected)
        {
            _incoming.Dispose();
            Account();
            return;
        }

        _incoming.Trim();
        Account();
        if (_server.PartialBytes > _server.Options.PartialBytesInAll && _incoming.Capacity > BusLimits.HeaderBytes)
        {
            Disconnect();
        }
        else if (more)
        {
            _server.MarkBacklog(this);
        }
    }

    private void Authenticate()
    {
        var answer = new List<byte>();
        _incoming.Consume(_sasl.Feed(_incoming.Waiting, answer));
        if (_sasl.State == SaslState.Failed)
        {
            Disconnect();
            return;
        }

        if (answer.Count > 0)
        {
            _ = _outgoing.Append([.. answer]);
            _server.MarkDirty(this);
        }

        if (_sasl.State == SaslState.Done)
        {
            _server.OnReady(this);
        }
    }

    /// <summary>Whether more complete messages wait.</summary>
    private bool Messages()
    {
        for (var handled = 0; IsConnected && !IsClogged; handled++)
        {
            var frame = _incoming.Next();
            if (frame == FrameResult.Incomplete)
            {
                return false;
            }

            if (frame != FrameResult.Complete)
            {
                Disconnect();
                return false;
            }

            if (handled == MessagesPerRound)
            {
                return true;
            }

            One();
            _incoming.Skip();
        }

        return false;
    }

    private void One()
    {
        using var message = _incoming.Read();
        if (message is null || IsMonitor)
        {
            Disconnect();
            return;
        }

        message.Sender = UniqueName;
        _server.OnMessage(this, message);
    }

    private int DescriptorsAllowed() => _sasl.PassesDescriptors ? BusLimits.DescriptorsPerMessage : 0;
}
