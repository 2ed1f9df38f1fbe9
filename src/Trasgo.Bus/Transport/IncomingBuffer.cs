using System.Buffers;

namespace Trasgo.Bus.Transport;

/// <summary>
/// The bytes of a peer that are not a whole message yet. Idle peers hold no memory: the buffer comes from the pool with the
/// first byte, grows with what has really arrived and never with what a length claims, and goes back when it is empty.
/// </summary>
internal sealed class IncomingBuffer : IDisposable
{
    private const int Smallest = 4096;
    private byte[] _buffer = [];
    private int _head;
    private int _tail;

    public int Count => _tail - _head;

    public int Capacity => _buffer.Length;

    public ReadOnlyMemory<byte> Filled => _buffer.AsMemory(_head, Count);

    /// <summary>Room to receive into.</summary>
    public Span<byte> Room()
    {
        if (_head > 0)
        {
            _buffer.AsSpan(_head, Count).CopyTo(_buffer);
            (_head, _tail) = (0, Count);
        }

        if (_tail == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Smallest, _buffer.Length * 2));
            _buffer.AsSpan(0, _tail).CopyTo(larger);
            Return();
            _buffer = larger;
        }

        return _buffer.AsSpan(_tail);
    }

    public void Commit(int count) => _tail += count;

    public void Consume(int count) => _head += count;

    /// <summary>Gives the memory back if nothing is in it.</summary>
    public void Trim()
    {
        if (Count == 0)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        Return();
        (_buffer, _head, _tail) = ([], 0, 0);
    }

    private void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
