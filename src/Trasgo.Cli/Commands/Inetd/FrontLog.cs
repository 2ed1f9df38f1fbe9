using System.Globalization;
using System.Text;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>The lines of xinetd.log(5), on standard error, which the unit has led to the log or to a file.</summary>
internal sealed class FrontLog(FrontOptions options, string client, Descriptor output)
{
    public void Start(int pid)
    {
        if (options.OnSuccess != FrontNotes.None)
        {
            Write("START", options.OnSuccess, pid: pid);
        }
    }

    public void Fail(string reason)
    {
        if (options.OnFailure != FrontNotes.None)
        {
            Write("FAIL", options.OnFailure & FrontNotes.Host, reason: reason);
        }
    }

    public void Exit(int pid, (int Status, int Signal)? end, TimeSpan duration, (long In, long Out)? traffic)
    {
        if ((options.OnSuccess & FrontNotes.End) != 0)
        {
            Write("EXIT", options.OnSuccess & ~FrontNotes.Host, pid, "", end, duration, traffic);
        }
    }

    /// <summary>Who the client's host says that he is.</summary>
    public void User(string user) => Line($"USERID: {options.Service} {user}");

    public void NoUser(string problem) => Line($"NOID: {options.Service} {client} {problem}");

    public void Error(string message) => Line($"{options.Service}: {message}");

    private void Write(
        string kind, FrontNotes notes, int pid = 0, string reason = "", (int Status, int Signal)? end = null, TimeSpan duration = default, (long In, long Out)? traffic = null)
    {
        var line = new StringBuilder($"{kind}: {options.Service}");
        line.Append(reason.Length > 0 ? " " + reason : "");
        if (notes.HasFlag(FrontNotes.Exit) && end is { } how)
        {
            line.Append(how.Signal > 0 ? " signal=" : " status=").Append(how.Signal > 0 ? how.Signal : how.Status);
        }

        if (notes.HasFlag(FrontNotes.Pid))
        {
            line.Append(" pid=").Append(pid);
        }

        if (notes.HasFlag(FrontNotes.Host))
        {
            line.Append(" from=").Append(client);
        }

        if (kind == "EXIT" && notes.HasFlag(FrontNotes.Duration))
        {
            line.Append(" duration=").Append((long)duration.TotalSeconds).Append("(sec)");
        }

        if (notes.HasFlag(FrontNotes.Traffic) && traffic is { } bytes)
        {
            line.Append(" incoming=").Append(bytes.In).Append("(bytes) outgoing=").Append(bytes.Out).Append("(bytes)");
        }

        Line(line.ToString());
    }

    /// <summary>In one piece, as others write into the same file. The descriptor is not the client's.</summary>
    private void Line(string text)
    {
        var time = options.WithTime ? string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:yy/M/d@HH:mm:ss}: ") : "";
        _ = FileSystem.Write(output, Encoding.UTF8.GetBytes($"{time}{text}\n"));
    }
}
