using System.Buffers;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Server;

/// <summary>
/// The encoded messages that a peer has not read yet, in one pooled buffer, and the descriptors that go with certain bytes
/// of it. Descriptors are sent together with the first byte of their message, as the receiver expects.
/// </summary>
internal sealed class OutgoingQueue : IDisposable
{
    private readonly Queue<(long At, List<Descriptor> Descriptors)> _descriptors = new();
    private byte[] _buffer = [];
    private int _head;
    private int _tail;
    private long _sent;

    public int Count => _tail - _head;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_tail));
        _tail += bytes.Length;
    }

    /// <summary>Appends a message; its descriptors are duplicated. EMFILE and the like leave the queue as it was.</summary>
    public Errno Append(BusMessage message, uint serial)
    {
        using var header = new MessageWriter();
        HeaderCodec.Write(message, serial, header);
        if (header.Failed || message.BodyFailed)
        {
            return Errno.EINVAL;
        }

        if (message.BodyDescriptors.Count > 0 && Duplicate(message.BodyDescriptors) is var error && error != Errno.None)
        {
            return error;
        }

        Append(header.Written.Span);
        Append(message.BodyBytes.Span);
        return Errno.None;
    }

    /// <summary>Sends as much as the peer takes. EAGAIN is not an error: the queue then is not empty.</summary>
    public Errno Flush(BusSocket socket)
    {
        while (Count > 0)
        {
            List<Descriptor> attached = [];
            var end = _tail;
            if (_descriptors.TryPeek(out var next))
            {
                var offset = (int)(next.At - _sent);
                (attached, end) = offset == 0 ? (next.Descriptors, EndOfAttached()) : (attached, _head + offset);
            }

            var sent = socket.TrySend(_buffer.AsSpan(_head, end - _head), attached);
            if (!sent.Ok)
            {
                return sent.Error == Errno.EAGAIN ? Errno.None : sent.Error;
            }

            _head += sent.Value;
            _sent += sent.Value;
            if (attached.Count > 0)
            {
                Close(_descriptors.Dequeue().Descriptors);
            }
        }

        Release();
        return Errno.None;
    }

    public void Dispose()
    {
        while (_descriptors.TryDequeue(out var entry))
        {
            Close(entry.Descriptors);
        }

        _head = _tail;
        Release();
    }

    private int EndOfAttached()
    {
        var first = true;
        foreach (var (at, _) in _descriptors)
        {
            if (!first)
            {
                return _head + (int)(at - _sent);
            }

            first = false;
        }

        return _tail;
    }

    private Errno Duplicate(IReadOnlyList<Descriptor> descriptors)
    {
        var copies = new List<Descriptor>(descriptors.Count);
        foreach (var descriptor in descriptors)
        {
            var copy = descriptor.Duplicate();
            if (!copy.Ok)
            {
                Close(copies);
                return copy.Error;
            }

            copies.Add(copy.Value);
        }

        _descriptors.Enqueue((_sent + Count, copies));
        return Errno.None;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _tail >= count)
        {
            return;
        }

        var used = Count;
        var needed = used + count;
        var target = needed <= _buffer.Length / 2 ? _buffer : ArrayPool<byte>.Shared.Rent(Math.Max(needed, 4096));
        _buffer.AsSpan(_head, used).CopyTo(target);
        if (target != _buffer && _buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _head, _tail) = (target, 0, used);
    }

    private void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _head, _tail) = ([], 0, 0);
    }

    private static void Close(List<Descriptor> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            descriptor.Dispose();
        }
    }
}
