using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Transport;

/// <summary>
/// What a stream has brought and nobody has taken yet: bytes, cut into messages, and the descriptors that came along. Whoever owns the
/// socket fills it, looks with <see cref="Next"/>, reads, and passes over what was read.
/// </summary>
/// <param name="largest">Bytes of the largest message that is read.</param>
internal sealed class MessageAssembler(int largest) : IDisposable
{
    private readonly IncomingBuffer _bytes = new();
    private MessageFrame _frame;

    /// <summary>What is left of a message that was passed over before all of it had come; it is thrown away as it comes.</summary>
    private int _discard;

    /// <summary>The descriptors that no message has taken yet. A receiver appends to it.</summary>
    public List<Descriptor> Descriptors { get; } = [];

    /// <summary>The bytes that wait.</summary>
    public ReadOnlySpan<byte> Waiting => _bytes.Filled.Span;

    /// <summary>Bytes of memory that are held.</summary>
    public int Capacity => _bytes.Capacity;

    /// <summary>Whether more of the header of the message at the start has to come, and is worth waiting for.</summary>
    public bool IsHeaderComing => _frame.HeaderLength <= BusLimits.HeaderBytes && Waiting.Length < _frame.HeaderLength;

    /// <summary>
    /// Takes what the socket has, without waiting. False if there is nothing to be looked at: then either nothing was there, or
    /// <paramref name="ended"/> says that the peer is gone, or sends what it may not.
    /// </summary>
    public bool TryReceive(BusSocket socket, int descriptorsAtMost, out bool ended)
    {
        var received = socket.TryReceive(Room(), Descriptors);
        if (received.Error == Errno.EAGAIN)
        {
            Trim();
            ended = false;
            return false;
        }

        ended = !received.Ok || received.Value == 0 || Descriptors.Count > descriptorsAtMost;
        if (!ended)
        {
            Commit(received.Value);
        }

        return !ended;
    }

    /// <summary>Room to receive into.</summary>
    public Span<byte> Room() => _bytes.Room();

    /// <summary>So many bytes have been received.</summary>
    public void Commit(int count) => _bytes.Commit(count);

    /// <summary>So many bytes are no part of a message, as those of the authentication.</summary>
    public void Consume(int count) => _bytes.Consume(count);

    /// <summary>Gives the memory back if nothing waits.</summary>
    public void Trim() => _bytes.Trim();

    /// <summary>What lies at the start of the bytes.</summary>
    public FrameResult Next()
    {
        Discard();
        _frame = _discard > 0 ? new MessageFrame(FrameResult.Incomplete) : HeaderCodec.Frame(Waiting, largest);
        return _frame.Result;
    }

    /// <summary>
    /// The complete message at the start, with its descriptors; null if it breaks the specification, and then its descriptors, whose
    /// number it does not tell reliably, are gone with all others that wait. Its body is good until <see cref="Skip"/>.
    /// </summary>
    public BusMessage? Read() => Read(_bytes.Filled[.._frame.Length]);

    /// <summary>As <see cref="Read()"/>, but with a body of its own.</summary>
    public BusMessage? ReadCopy() => Read(Waiting[.._frame.Length].ToArray());

    /// <summary>What the header of the message at the start says; null if not all of it has come, or if it breaks the specification.</summary>
    public BusMessage? ReadHeader() =>
        Waiting.Length < _frame.HeaderLength ? null : HeaderCodec.ReadHeader(_bytes.Filled[.._frame.HeaderLength]);

    /// <summary>Passes over the message at the start, whether it is there as a whole or not.</summary>
    public void Skip()
    {
        _discard = _frame.Length;
        Discard();
    }

    /// <summary>Closes the descriptors that no message has taken.</summary>
    public void DropDescriptors()
    {
        Descriptors.ForEach(static descriptor => descriptor.Dispose());
        Descriptors.Clear();
    }

    public void Dispose() => _bytes.Dispose();

    private BusMessage? Read(ReadOnlyMemory<byte> bytes)
    {
        List<Descriptor> descriptors = [];
        if (Descriptors.Count > 0)
        {
            var announced = Math.Min(HeaderCodec.AnnouncedDescriptors(bytes), Descriptors.Count);
            descriptors = Descriptors.GetRange(0, announced);
            Descriptors.RemoveRange(0, announced);
        }

        if (HeaderCodec.Read(bytes, descriptors) is { } message)
        {
            return message;
        }

        descriptors.ForEach(static descriptor => descriptor.Dispose());
        DropDescriptors();
        return null;
    }

    private void Discard()
    {
        var now = Math.Min(_discard, Waiting.Length);
        _bytes.Consume(now);
        _discard -= now;
    }
}
