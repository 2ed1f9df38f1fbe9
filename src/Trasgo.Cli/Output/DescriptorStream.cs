using Trasgo.Linux;

namespace Trasgo.Cli.Output;

/// <summary>
/// Writes to standard output or error and does nothing else. The runtime's console streams first put a terminal into the mode in which they
/// read keys, which shows as characters where the terminal is somebody's who looks at each.
/// </summary>
internal sealed class DescriptorStream(int number) : Stream
{
    private readonly Descriptor _descriptor = Descriptor.Adopt(number);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = FileSystem.Write(_descriptor, buffer);
            if (written.Ok)
            {
                buffer = buffer[written.Value..];
            }
            else if (written.Error == Errno.EAGAIN)
            {
                Polling.UntilWritable(_descriptor);
            }
            else
            {
                throw new IOException(ErrnoNames.Message(written.Error));
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // The number is the process's, not ours to close.
        _ = _descriptor.Release();
        base.Dispose(disposing);
    }
}
