using System.Text;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>The kernel's log, for the time before there is a journal, which reads it when it comes up.</summary>
internal sealed class KernelLog(Descriptor device) : IDisposable
{
    // printk's LOG_LINE_MAX less the prefix: what is longer the kernel refuses.
    private const int LineAtMost = 900;
    private const int FacilityDaemon = 3;

    /// <summary>Null where it is not ours to write to: in a container it would be the host's.</summary>
    public static KernelLog? Open(bool isInit)
    {
        if (!isInit || PidNamespace.IsContained)
        {
            return null;
        }

        var opened = FileSystem.Open("/dev/kmsg", OpenFlags.WriteOnly | OpenFlags.NonBlock | OpenFlags.NoControllingTerminal | OpenFlags.CloseOnExec);
        return opened.Ok ? new KernelLog(opened.Value) : null;
    }

    public bool TryWrite(in LogEntry entry)
    {
        var text = $"<{(FacilityDaemon << 3) | (int)entry.Level}>trasgo[{Environment.ProcessId}]: {entry.Text}";
        var bytes = Encoding.UTF8.GetBytes(text.Length > LineAtMost ? text[..LineAtMost] : text);
        return FileSystem.Write(device, bytes).Ok;
    }

    public void Dispose() => device.Dispose();
}
