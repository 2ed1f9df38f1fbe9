using System.Text;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// The lines that are shown while the system comes up and goes down: "[  OK  ] Started ...". Only a manager that is PID 1 shows them.
/// </summary>
internal sealed class StatusConsole(Descriptor? output, bool colours, Func<bool> isOnTheWay)
{
    /// <summary>`systemd.show_status=`, and SIGRTMIN+20 and +21.</summary>
    public bool IsEnabled
    {
        get => field && output is not null;
        set;
    }

    /// <summary>A system that is up belongs to whoever sits at the console.</summary>
    public bool IsShown => IsEnabled && isOnTheWay();

    public void Plain(string text) => Write("         " + text);

    public void Tagged(JobResult result, string text)
    {
        if (!IsShown)
        {
            return;
        }

        var (tag, colour) = JobMessages.Tag(result);
        Write(colours ? $"[{colour}{tag}\e[0m] {text}" : $"[{tag}] {text}");
    }

    public void Cycle(Unit deleted) => Write($"[ SKIP ] Ordering cycle found, skipping {JobMessages.Ident(deleted)}");

    private void Write(string text)
    {
        if (IsShown)
        {
            _ = FileSystem.Write(output!, Encoding.UTF8.GetBytes(text + "\r\n"));
        }
    }
}
