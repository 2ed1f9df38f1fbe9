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

    private static string TooLargeText => $"The message is larger than {BusLimits.IncomingMessageBytes} bytes";

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
        if (_incoming.TryReceive(_socket, DescriptorsAtMost, out var ended))
        {
            Process();
        }
        else if (ended)
        {
            Close();
        }
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
            _incoming.Consume(_sasl.Feed(_incoming.Waiting));
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
            switch (_incoming.Next())
            {
                case FrameResult.Complete when handled == MessagesPerRound:
                    return true;
                case FrameResult.Complete:
                    One();
                    break;
                case FrameResult.TooLarge when _incoming.IsHeaderComing:
                case FrameResult.Incomplete:
                    return false;
                case FrameResult.TooLarge:
                    TooLarge();
                    break;
                default:
                    Close();
                    return false;
            }

            _incoming.Skip();
        }

        return false;
    }

    private void One()
    {
        // What cannot be read has no sender to be told.
        using var message = _incoming.Read();
        switch (message?.Type)
        {
            case null:
                break;
            case MessageType.MethodReturn or MessageType.Error:
                _calls.Answer(message);
                break;
            default:
                Received(message);
                break;
        }
    }

    /// <summary>Neither who has made the call nor who waits for the answer shall wait in vain.</summary>
    private void TooLarge()
    {
        _incoming.DropDescriptors();
        using var header = _incoming.ReadHeader();
        if (header is { ReplyExpected: true })
        {
            using var refusal = BusMessage.Error(header, new BusError(BusErrorNames.LimitsExceeded, TooLargeText));
            Send(refusal);
        }
        else if (header is { Type: MessageType.MethodReturn or MessageType.Error })
        {
            using var failure = new BusMessage { Type = MessageType.Error, ErrorName = BusErrorNames.LimitsExceeded, ReplySerial = header.ReplySerial };
            failure.Body.String(TooLargeText);
            _calls.Answer(failure);
        }
    }
}
