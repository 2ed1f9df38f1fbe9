using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>The stamp files of Persistent=, on paper; null stands for "now".</summary>
internal sealed class FakeStamps : IStampFiles
{
    public Dictionary<string, ulong?> Times { get; } = [];

    /// <summary>What touching a file comes to.</summary>
    public Errno TouchError { get; set; }

    public Result<ulong> TimeOf(string path) => Times.TryGetValue(path, out var time) ? time ?? 0 : Errno.ENOENT;

    public Errno Touch(string path, ulong? usec)
    {
        Times[path] = usec;
        return TouchError;
    }

    public Errno Remove(string path) => Times.Remove(path) ? Errno.None : Errno.ENOENT;
}
