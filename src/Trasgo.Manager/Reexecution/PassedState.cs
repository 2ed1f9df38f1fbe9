using Trasgo.Engine.State;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// What the manager before this one, which was this same process, has left: records in a memory file, and descriptors that they name. A manager
/// takes of it what it can; what is left in the end belongs to nobody and is closed.
/// </summary>
internal sealed class PassedState : IDescriptorShelf, IDisposable
{
    public const string ManagerKind = "manager";
    public const string DescriptorKey = "descriptor";

    /// <summary>Far more than ten thousand units take.</summary>
    private const int SizeMax = 256 * 1024 * 1024;

    private readonly InheritedDescriptors _descriptors = new();
    private readonly List<string> _complaints = [];

    private PassedState(ReadOnlySpan<byte> bytes)
    {
        Records = StateText.Read(bytes, this, _complaints.Add);
        Manager = Records.Find(static record => record.Kind == ManagerKind) ?? new StateRecord(ManagerKind, "", this);
        foreach (var words in Manager.All(DescriptorKey, 1))
        {
            _descriptors.Adopt([StateRecord.Int(words[0])]);
        }
    }

    public List<StateRecord> Records { get; }

    /// <summary>The manager's own; empty if there is none.</summary>
    public StateRecord Manager { get; }

    /// <summary>What could not be read, for the log.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public int DescriptorsLeft => _descriptors.Count;

    /// <summary>Null if there is no such file: then this is a start like any other.</summary>
    public static PassedState? Open(int number)
    {
        using var adopted = new InheritedDescriptors();
        adopted.Adopt([number]);
        using var file = adopted.Take(number);
        return file is not null && FileSystem.Read(file, SizeMax) is { Ok: true, Value: var bytes } ? new PassedState(bytes) : null;
    }

    int IDescriptorShelf.Put(Descriptor descriptor) => descriptor.Raw;

    public Descriptor? Take(int number) => _descriptors.Take(number);

    public void Dispose() => _descriptors.Dispose();
}
