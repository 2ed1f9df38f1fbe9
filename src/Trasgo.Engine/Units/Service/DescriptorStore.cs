using Trasgo.Engine.State;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// The descriptors that a service keeps with the manager over its restarts (sd_notify(3), FDSTORE=1;
/// systemd.service(5), FileDescriptorStoreMax=). A descriptor that hangs up is dropped, unless FDPOLL=0 forbade watching it.
/// </summary>
internal sealed class DescriptorStore(Service service)
{
    public const string DefaultName = "stored";

    /// <summary>The longest FDNAME=, in characters.</summary>
    private const int NameMax = 255;

    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>Printable ASCII without a colon, for colons separate the names in $LISTEN_FDNAMES.</summary>
    public static bool IsValidName(string name)
    {
        if (name.Length > NameMax)
        {
            return false;
        }

        foreach (var c in name)
        {
            if (c is <= ' ' or >= (char)127 or ':')
            {
                return false;
            }
        }

        return true;
    }

    public void Add(List<Descriptor> descriptors, string name, bool watch)
    {
        foreach (var descriptor in descriptors)
        {
            if (_entries.Exists(entry => entry.Descriptor.IsSameAs(descriptor)))
            {
                descriptor.Dispose();
            }
            else if (_entries.Count >= service.Settings.FileDescriptorStoreMax)
            {
                descriptor.Dispose();
                service.Log(LogLevel.Warning, $"Cannot store more fds than FileDescriptorStoreMax={service.Settings.FileDescriptorStoreMax}, closing remaining.");
            }
            else
            {
                Insert(new Entry(descriptor, name), watch);
            }
        }
    }

    public void Remove(string name)
    {
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].Name == name)
            {
                Drop(_entries[i]);
            }
        }
    }

    /// <summary>Everything, in the order in which it is handed to the service.</summary>
    public IEnumerable<PassedDescriptor> All()
    {
        foreach (var entry in _entries)
        {
            yield return new PassedDescriptor(entry.Descriptor, entry.Name);
        }
    }

    /// <summary>The service is down and will not come back by itself.</summary>
    public void Release()
    {
        while (_entries.Count > 0)
        {
            Drop(_entries[^1]);
        }
    }

    /// <summary>The oldest first, as they were added.</summary>
    public void Save(StateRecord record)
    {
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            record.Add("stored", record.Shelve(_entries[i].Descriptor), _entries[i].Name, _entries[i].MayWatch ? "watched" : "unwatched");
        }
    }

    public void Restore(StateRecord record)
    {
        foreach (var words in record.All("stored", 3))
        {
            if (record.Unshelve(words[0]) is { } descriptor)
            {
                Insert(new Entry(descriptor, IsValidName(words[1]) ? words[1] : DefaultName), words[2] == "watched");
            }
        }
    }

    private void Insert(Entry entry, bool watch)
    {
        // The newest first, as systemd hands them out.
        _entries.Insert(0, entry);
        entry.MayWatch = watch;
        if (watch && service.Context.Loop.CheckWatchable(entry.Descriptor) == Errno.None)
        {
            entry.Watch = service.Context.Loop.OnIo(entry.Descriptor, IoEvents.HangUp, _ => Drop(entry));
        }
    }

    private void Drop(Entry entry)
    {
        entry.Watch?.Dispose();
        entry.Descriptor.Dispose();
        _entries.Remove(entry);
        service.Context.Observer.UnitChanged(service);
    }

    private sealed class Entry(Descriptor descriptor, string name)
    {
        public Descriptor Descriptor => descriptor;

        public string Name => name;

        /// <summary>FDPOLL=0 was not said.</summary>
        public bool MayWatch { get; set; }

        public IoSource? Watch { get; set; }
    }
}
