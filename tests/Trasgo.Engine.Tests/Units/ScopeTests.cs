using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Scopes: processes of others, from the hand-over to the end of the last one.</summary>
public sealed class ScopeTests : IDisposable
{
    private readonly UnitWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Scope_WhoseLastProcessEnds_IsDeadWhateverItSaid()
    {
        var (scope, process) = Start("");
        Assert.Equal(ScopeState.Running, scope.State);
        var child = _world.Fork(process);

        _world.Exit(process, 3);
        Assert.Equal(ScopeState.Running, scope.State);
        _world.Die(child, Signo.SIGSEGV);

        Assert.Equal((ScopeState.Dead, "success"), (scope.State, scope.ResultName));
    }

    [Fact]
    public void Scope_ThatIsDead_StartsNoMore()
    {
        var (scope, process) = Start("");
        _world.Exit(process);

        _world.Start("a.scope");

        Assert.Equal(ScopeState.Dead, scope.State);
        Assert.Equal("a.scope/start once", _world.Jobs.Ended[^1]);
    }

    [Fact]
    public void Scope_WhoseProcessIsGoneBeforeTheStart_FailsForWantOfResources()
    {
        var (scope, process) = _world.Scope("");
        process.Signal(Signo.SIGKILL, out _);

        _world.Start("a.scope");

        Assert.Equal((ScopeState.Failed, "resources"), (scope.State, scope.ResultName));
        scope.ResetFailed();
        Assert.Equal((ScopeState.Dead, "success"), (scope.State, scope.ResultName));
    }

    [Theory]
    [InlineData(null, nameof(ScopeState.Running), "done")]
    [InlineData("Access denied", nameof(ScopeState.Failed), "failed")]
    public void Scope_WhoseProcessOnlyAnotherMayMove_IsWhatHeAnswers(string? refusal, string state, string result)
    {
        var (scope, process) = _world.Scope("");
        _world.Processes.MayAttach = false;
        Action<string?>? answer = null;
        _world.Context.ProcessMover.Ask = (unit, pids, done) =>
        {
            Assert.Same(scope, unit);
            Assert.Equal([process.Pid], pids);
            answer = done;
            return true;
        };

        _world.Start("a.scope");
        Assert.Equal(ScopeState.Dead, scope.State);
        Assert.Empty(_world.Jobs.Ended);
        answer!(refusal);
        _world.Settle();

        Assert.Equal(state, $"{scope.State}");
        Assert.Equal([$"a.scope/start {result}"], _world.Jobs.Ended);
    }

    [Fact]
    public void Scope_WhoseProcessNobodyMayMove_FailsAtOnce()
    {
        var (scope, _) = _world.Scope("");
        _world.Processes.MayAttach = false;

        _world.Start("a.scope");

        Assert.Equal((ScopeState.Failed, "resources"), (scope.State, scope.ResultName));
    }

    [Fact]
    public void Stop_OfAScope_EndsItsProcesses()
    {
        var (scope, process) = Start("");

        _world.Stop("a.scope");

        Assert.Equal((ScopeState.Dead, "success"), (scope.State, scope.ResultName));
        Assert.Equal(["TERM", "CONT"], process.Signals);
    }

    [Theory]
    [InlineData("", "stop-sigkill", "failed")]
    [InlineData("SendSIGKILL=no", "failed", "failed")]
    public void Stop_OfAScopeThatIgnoresIt_TimesOut(string line, string then, string last)
    {
        var (scope, process) = Start("TimeoutStopSec=5s\n" + line);
        process.IgnoresEverything = true;

        _world.Stop("a.scope");
        Assert.Equal(ScopeState.StopSigterm, scope.State);
        _world.Advance(5);
        Assert.Equal(then, scope.SubState);
        _world.Advance(5);

        Assert.Equal((last, "timeout"), (scope.SubState, scope.ResultName));
        Assert.Equal(line.Length == 0, process.Signals.Contains("KILL"));
    }

    [Fact]
    public void RuntimeMax_WhenItIsOver_StopsTheScope()
    {
        var (scope, process) = Start("RuntimeMaxSec=10s");
        _world.Advance(9);
        Assert.Equal(ScopeState.Running, scope.State);

        _world.Advance(2);

        Assert.Equal((ScopeState.Failed, "timeout"), (scope.State, scope.ResultName));
        Assert.Contains("TERM", process.Signals);
    }

    [Theory]
    [InlineData("KillMode=none", "")]
    [InlineData("KillMode=process", "")]
    [InlineData("KillMode=mixed", "KILL")]
    [InlineData("KillSignal=SIGINT", "INT CONT")]
    [InlineData("SendSIGHUP=yes", "TERM CONT HUP")]
    public void Stop_ByKillMode_SignalsAsItSays(string line, string signals)
    {
        var (scope, process) = Start(line);
        process.Ignores.Add(Signo.SIGTERM);

        _world.Stop("a.scope");

        Assert.Equal(signals, string.Join(' ', process.Signals));
        Assert.Equal(signals is "TERM CONT" ? ScopeState.StopSigterm : ScopeState.Dead, scope.State);
    }

    [Fact]
    public void Abandon_LeavesTheProcessesToUs()
    {
        var (scope, process) = Start("RuntimeMaxSec=10s");

        Assert.True(scope.Abandon());
        _world.Advance(11);
        Assert.Equal(ScopeState.Abandoned, scope.State);
        _world.Stop("a.scope");

        Assert.Equal(ScopeState.Dead, scope.State);
        Assert.True(_world.Logged($"Killing process {process.Pid} (elsewhere) with signal SIGTERM."));
        Assert.False(scope.Abandon());
    }

    [Fact]
    public void Controller_IsAskedToStopTheScope_AndMissedWhenItHasGone()
    {
        var asked = new List<string>();
        _world.Context.ScopeControllers.RequestStop = scope =>
        {
            asked.Add(scope.Controller);
            return scope.Controller.Length > 0;
        };
        var (scope, process) = _world.Scope("TimeoutStopSec=5s");
        scope.Take([process], "org.example.Login");
        _world.Start("a.scope");

        _world.Stop("a.scope");
        Assert.Equal((ScopeState.StopSigterm, 0), (scope.State, process.Signals.Count));
        Assert.Equal(["org.example.Login"], asked);
        scope.OnControllerGone();
        _world.Advance(5);

        Assert.Equal((ScopeState.Failed, "timeout"), (scope.State, scope.ResultName));
        Assert.Equal(["KILL"], process.Signals);
    }

    [Fact]
    public void Reload_OfARunningScope_LeavesItRunning()
    {
        var (scope, process) = Start("");

        _world.DaemonReload();

        Assert.Equal((ScopeState.Running, UnitLoadState.Loaded), (scope.State, scope.LoadState));
        _world.Exit(process);
        Assert.Equal(ScopeState.Dead, scope.State);
    }

    [Fact]
    public void File_ThatSaysItIsAScope_MakesNone()
    {
        _world.File("b.scope", "[Scope]\nTimeoutStopSec=1s\n");

        Assert.Equal(UnitLoadState.NotFound, _world.Load("b.scope").LoadState);
    }

    private (Scope Scope, FakeProcess Process) Start(string lines)
    {
        var made = _world.Scope(lines);
        _world.Start("a.scope");
        return made;
    }
}
