using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Remote;

/// <summary>
/// Calls of ours that have not been answered. All may take equally long, so their deadlines come in the order in which they were made
/// and one timer serves them all.
/// </summary>
internal sealed class PendingCalls : IDisposable
{
    /// <summary>sd-bus's default for a method call.</summary>
    public const ulong TimeoutUsec = 25_000_000;

    private readonly Dictionary<uint, Action<BusMessage>> _answers = [];
    private readonly Queue<(uint Serial, ulong Deadline)> _order = new();
    private readonly EventLoop _loop;
    private readonly TimerSource _timer;

    public PendingCalls(EventLoop loop)
    {
        _loop = loop;
        _timer = loop.At(Clock.Monotonic, TimerSource.Never, OnTimeout, EventPriority.Bus);
    }

    public int Count => _answers.Count;

    public void Add(uint serial, Action<BusMessage> answer)
    {
        _answers.Add(serial, answer);
        _order.Enqueue((serial, _loop.Now(Clock.Monotonic) + TimeoutUsec));
        Arm();
    }

    /// <summary>Hands the answer to whoever made the call; answers that nobody waits for are dropped.</summary>
    public void Answer(BusMessage message)
    {
        if (_answers.Remove(message.ReplySerial, out var answer))
        {
            answer(message);
            Arm();
        }
    }

    /// <summary>The connection is gone, and no answer will come.</summary>
    public void FailAll()
    {
        var answers = new List<Action<BusMessage>>(_answers.Values);
        _answers.Clear();
        _order.Clear();
        _timer.Disarm();
        foreach (var answer in answers)
        {
            Fail(answer, BusErrorNames.Disconnected, "Connection terminated");
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimeout()
    {
        var now = _loop.Now(Clock.Monotonic);
        while (_order.TryPeek(out var first) && first.Deadline <= now)
        {
            _order.Dequeue();
            if (_answers.Remove(first.Serial, out var answer))
            {
                Fail(answer, BusErrorNames.NoReply, "Method call timed out");
            }
        }

        Arm();
    }

    private void Arm()
    {
        while (_order.TryPeek(out var answered) && !_answers.ContainsKey(answered.Serial))
        {
            _order.Dequeue();
        }

        if (!_order.TryPeek(out var first))
        {
            _timer.Disarm();
        }
        else if (!_timer.IsArmed || _timer.Deadline != first.Deadline)
        {
            _timer.Rearm(first.Deadline);
        }
    }

    private static void Fail(Action<BusMessage> answer, string name, string text)
    {
        using var error = new BusMessage { Type = MessageType.Error, ErrorName = name };
        error.Body.String(text);
        answer(error);
    }
}
