using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Transport;

/// <summary>
/// The encoded messages that a peer has not read yet, in blocks, and the descriptors that go with certain bytes of them.
/// Descriptors are sent together with the first byte of their message, as the receiver expects.
/// </summary>
internal sealed class OutgoingQueue(BlockPool pool) : IDisposable
{
    private readonly Queue<(long At, List<Descriptor> Descriptors)> _descriptors = new();
    private readonly Queue<MemoryBlock> _blocks = new();
    private MemoryBlock? _last;
    private int _head;
    private int _tail = MemoryBlock.Size;
    private long _sent;

    public int Count { get; private set; }

    /// <summary>ENOMEM leaves the beginning of the bytes in the queue: their peer has to go.</summary>
    public Errno Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_tail == MemoryBlock.Size && !AddBlock())
            {
                return Errno.ENOMEM;
            }

            var part = bytes[..Math.Min(bytes.Length, MemoryBlock.Size - _tail)];
            part.CopyTo(_last!.Bytes[_tail..]);
            _tail += part.Length;
            Count += part.Length;
            bytes = bytes[part.Length..];
        }

        return Errno.None;
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

        return Append(header.Written.Span) is var failed and not Errno.None ? failed : Append(message.BodyBytes.Span);
    }

    /// <summary>Sends as much as the peer takes. EAGAIN is not an error: the queue then is not empty.</summary>
    public Errno Flush(BusSocket socket)
    {
        while (Count > 0)
        {
            var end = _blocks.Count == 1 ? _tail : MemoryBlock.Size;
            List<Descriptor> attached = [];
            if (_descriptors.TryPeek(out var next))
            {
                var first = next.At == _sent;
                attached = first ? next.Descriptors : attached;
                end = (int)Math.Min(end, (first ? EndOfAttached() : next.At) - _sent + _head);
            }

            var sent = socket.TrySend(_blocks.Peek().Bytes[_head..end], attached);
            if (!sent.Ok)
            {
                return sent.Error == Errno.EAGAIN ? Errno.None : sent.Error;
            }

            Advance(sent.Value);
            if (attached.Count > 0)
            {
                Close(_descriptors.Dequeue().Descriptors);
            }
        }

        return Errno.None;
    }

    public void Dispose()
    {
        while (_descriptors.TryDequeue(out var entry))
        {
            Close(entry.Descriptors);
        }

        while (_blocks.Count > 0)
        {
            RemoveBlock();
        }

        Count = 0;
    }

    /// <summary>The position after which the next message with descriptors begins.</summary>
    private long EndOfAttached()
    {
        var first = true;
        foreach (var (at, _) in _descriptors)
        {
            if (!first)
            {
                return at;
            }

            first = false;
        }

        return long.MaxValue;
    }

    private void Advance(int count)
    {
        _head += count;
        _sent += count;
        Count -= count;
        if (Count == 0 || _head == MemoryBlock.Size)
        {
            RemoveBlock();
        }
    }

    private bool AddBlock()
    {
        if (pool.Rent() is not { } block)
        {
            return false;
        }

        _blocks.Enqueue(block);
        (_last, _tail) = (block, 0);
        return true;
    }

    private void RemoveBlock()
    {
        pool.Return(_blocks.Dequeue());
        _head = 0;
        if (_blocks.Count == 0)
        {
            (_last, _tail) = (null, MemoryBlock.Size);
        }
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

    private static void Close(List<Descriptor> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            descriptor.Dispose();
        }
    }
}
