using System.Text;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec;

/// <summary>
/// A connection to a journal's stream socket, as journald's native stream protocol wants it: a header of seven lines, and then what the
/// service writes. Nothing waits for the journal: if it does not take the connection at once there is none.
/// </summary>
internal static class JournalStream
{
    private const int SendBuffer = 8 * 1024 * 1024;

    public static Descriptor? Connect(string path, ExecConfig config, string unitId, string identifier)
    {
        var connected = UnixSocket.Connect(path, SocketType.Stream, nonBlocking: true);
        if (!connected.Ok)
        {
            return null;
        }

        var header = string.Join(
            '\n',
            config.SyslogIdentifier ?? identifier,
            unitId,
            config.SyslogPriority,
            config.SyslogLevelPrefix ? 1 : 0,
            0,
            config.StandardOutput is ExecOutput.Kmsg or ExecOutput.KmsgAndConsole ? 1 : 0,
            config.StandardOutput is ExecOutput.JournalAndConsole or ExecOutput.KmsgAndConsole ? 1 : 0) + "\n";
        var bytes = Encoding.UTF8.GetBytes(header);
        var sent = UnixSocket.Send(connected.Value, bytes);
        if (!sent.Ok || sent.Value != bytes.Length)
        {
            connected.Value.Dispose();
            return null;
        }

        // Nobody writes to it but the service, who is to be held up by a slow journal as late as possible.
        UnixSocket.ShutdownReads(connected.Value);
        _ = UnixSocket.SetSendBuffer(connected.Value, SendBuffer);
        Pipe.SetBlocking(connected.Value, true);
        return connected.Value;
    }

    /// <summary>The value of $JOURNAL_STREAM: device and inode, by which a service recognises its own output.</summary>
    public static string? Name(Descriptor stream) => FileSystem.Status(stream) is { Ok: true, Value: var status }
        ? $"{MakeDevice(status.Device)}:{status.Inode}"
        : null;

    /// <summary>The kernel's dev_t as stat(2) gives it.</summary>
    private static ulong MakeDevice(ulong device)
    {
        var (major, minor) = (device >> 32, device & 0xFFFF_FFFF);
        return (minor & 0xFF) | ((major & 0xFFF) << 8) | ((minor & ~0xFFUL) << 12) | ((major & ~0xFFFUL) << 32);
    }
}
