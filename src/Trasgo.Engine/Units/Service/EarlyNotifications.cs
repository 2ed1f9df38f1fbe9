namespace Trasgo.Engine.Units;

/// <summary>
/// Messages that overtake the answer to the spawn of their sender: a fast service says READY=1 before its manager has heard
/// that it exists, and would be refused as a stranger. They wait for the answer.
/// </summary>
internal sealed class EarlyNotifications(Service service)
{
    /// <summary>What comes beyond is judged at once; no service has that much to say before it is known.</summary>
    private const int Limit = 16;

    private readonly List<NotifyMessage> _held = [];

    public bool IsDue(NotifyMessage message) =>
        service.AwaitsProcess && _held.Count < Limit && message.Pid != service.MainPid && message.Pid != service.ControlPid;

    /// <summary>Keeps a copy: the descriptors of the message go with it, instead of being closed by whoever received it.</summary>
    public void Hold(NotifyMessage message) =>
        _held.Add(new NotifyMessage(message.Pid, message.Uid, [.. message.Tags], message.TakeDescriptors()));

    /// <summary>The sender may be known now.</summary>
    public void Deliver()
    {
        if (_held.Count == 0 || service.AwaitsProcess)
        {
            return;
        }

        var held = _held.ToArray();
        _held.Clear();
        foreach (var message in held)
        {
            using (message)
            {
                service.OnNotify(message);
            }
        }
    }
}
