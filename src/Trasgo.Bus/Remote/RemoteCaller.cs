using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Remote;

/// <summary>
/// A peer behind the message bus, known by its unique name, which the daemon never gives to another. Who it is the daemon has to be asked;
/// its calls wait for the answer.
/// </summary>
internal sealed class RemoteCaller(MessageBus bus, string name) : ICaller
{
    public string UniqueName { get; } = name;

    public uint Uid { get; private set; } = uint.MaxValue;

    public uint Gid { get; private set; } = uint.MaxValue;

    public int Pid { get; private set; }

    public bool IsConnected { get; private set; } = true;

    public bool IsPrivileged => IsKnown && (Uid == 0 || Uid == bus.OwnUid);

    public bool Subscribed
    {
        get;
        set
        {
            bus.Callers.Subscribed += (value ? 1 : 0) - (field ? 1 : 0);
            field = value;
        }
    }

    /// <summary>The daemon has said who it is.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Its calls until then.</summary>
    public Queue<BusMessage> Waiting { get; } = new();

    public void Send(BusMessage message)
    {
        if (!IsConnected)
        {
            return;
        }

        message.Sender = null;
        message.Destination = UniqueName;
        bus.Send(message);
    }

    /// <summary>Reads the answer to GetConnectionCredentials. What the daemon does not know stays nobody's.</summary>
    public void Learn(MessageReader reader)
    {
        reader.EnterArray("{sv}");
        while (reader.More())
        {
            reader.EnterDictEntry();
            var (key, type) = (reader.String(), reader.EnterVariant());
            switch ((key, type))
            {
                case ("UnixUserID", "u"):
                    Uid = reader.UInt32();
                    break;
                case ("ProcessID", "u"):
                    Pid = (int)Math.Min(reader.UInt32(), int.MaxValue);
                    break;
                case ("UnixGroupIDs", "au"):
                    ReadGroups(reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }

            reader.LeaveVariant();
            reader.LeaveDictEntry();
        }

        IsKnown = true;
    }

    public void OnGone()
    {
        Subscribed = false;
        IsConnected = false;
        while (Waiting.TryDequeue(out var message))
        {
            message.Dispose();
        }
    }

    /// <summary>The first is the primary one.</summary>
    private void ReadGroups(MessageReader reader)
    {
        reader.EnterArray("u");
        while (reader.More())
        {
            var group = reader.UInt32();
            Gid = Gid == uint.MaxValue ? group : Gid;
        }

        reader.LeaveArray();
    }
}
