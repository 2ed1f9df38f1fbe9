using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// Descriptors that whoever made a transient service gave it as its standard streams (systemd-run --pipe and --pty). They go before
/// StandardInput= and its like, and are closed as soon as the service is down: who reads from the other end waits for that.
/// </summary>
internal sealed class StandardStreams : IDisposable
{
    public Descriptor? Input { get; set; }

    public Descriptor? Output { get; set; }

    public Descriptor? Error { get; set; }

    public bool IsEmpty => (Input ?? Output ?? Error) is null;

    public void Dispose()
    {
        Input?.Dispose();
        Output?.Dispose();
        Error?.Dispose();
        (Input, Output, Error) = (null, null, null);
    }
}
