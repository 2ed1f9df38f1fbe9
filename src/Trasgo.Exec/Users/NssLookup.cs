using System.Text;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec;

/// <summary>
/// Asks NSS for what the files do not have, in a child: the helper is started, its output read to the end as it comes, and the answer
/// handed on. A helper that has not answered in time is killed, and its names count as unknown.
/// </summary>
internal sealed class NssLookup
{
    private const ulong Patience = 30_000_000;
    private const int OutputLimit = 1024 * 1024;

    private readonly Action<string> _done;
    private readonly Descriptor _output;
    private readonly IoSource _readable;
    private readonly TimerSource _timeout;
    private readonly StringBuilder _text = new();
    private ProcessHandle? _process;
    private bool _finished;

    private NssLookup(EventLoop loop, Descriptor output, Action<string> done)
    {
        _done = done;
        _output = output;
        _readable = loop.OnReadable(output, OnOutput);
        _timeout = loop.At(Clock.Monotonic, loop.Now(Clock.Monotonic) + Patience, Finish);
    }

    /// <summary>The queries for the helper: names of the settings that the directory does not know.</summary>
    public static List<string> Unknown(ExecConfig config, IUserDirectory directory)
    {
        var queries = new List<string>();
        if (config is { User: { } user, DynamicUser: false } && directory.User(user) is null && user is not ("root" or "nobody"))
        {
            queries.Add($"user:{user}");
        }

        foreach (var group in config.Group is { } own ? [own, .. config.SupplementaryGroups] : config.SupplementaryGroups)
        {
            if (directory.Group(group) is null)
            {
                queries.Add($"group:{group}");
            }
        }

        return queries;
    }

    /// <summary>The helper's answer comes later, on the loop; empty if there is none.</summary>
    public static void Start(EventLoop loop, Spawner spawner, IReadOnlyList<string> helper, List<string> queries, Action<string> done)
    {
        var pipe = Pipe.Create();
        if (!pipe.Ok)
        {
            done(string.Empty);
            return;
        }

        var program = new SpawnProgram();
        program.ResetSignals();
        program.SignalMask(default);
        program.SetSession();
        var end = program.MoveAbove(SpawnStep.Fds, program.Own(pipe.Value.Write).Raw, 3);
        program.Place(SpawnStep.Stdin, program.MoveAbove(SpawnStep.Fds, program.Open(SpawnStep.Stdin, "/dev/null", OpenFlags.ReadOnly), 3), 0);
        program.Place(SpawnStep.Stdout, end, 1);
        program.Execute([helper[0]], [.. helper, .. queries], ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"]);
        Pipe.SetBlocking(pipe.Value.Read, false);
        var lookup = new NssLookup(loop, pipe.Value.Read, done);
        spawner.Spawn(program, lookup.OnSpawned);
    }

    private void OnSpawned(SpawnResult result)
    {
        _process = result.Pid > 0 ? new ProcessHandle(result.Pid, result.PidFd) : null;
        if (!result.Ok || _finished)
        {
            Finish();
            _process?.Dispose();
        }
    }

    private void OnOutput()
    {
        var buffer = new byte[4096];
        var read = FileSystem.ReadInto(_output, buffer);
        if (read.Error == Errno.EAGAIN)
        {
            return;
        }

        if (!read.Ok || read.Value == 0 || _text.Length > OutputLimit)
        {
            Finish();
            return;
        }

        _text.Append(Encoding.UTF8.GetString(buffer, 0, read.Value));
    }

    private void Finish()
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        _timeout.Dispose();
        _readable.Dispose();
        _output.Dispose();
        _process?.Signal(Signo.SIGKILL, out _);
        _process?.Dispose();
        _done(_text.ToString());
    }
}
