using Trasgo.Engine.Tests.Units;
using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.State;

/// <summary>Whatever the state is, there is a manager afterwards, and what is whole in it counts.</summary>
public class DamagedStateTests
{
    [Fact]
    public void State_CutAnywhere_LeavesAManagerThatWorks()
    {
        for (var part = 0; part <= 40; part++)
        {
            var cut = part;
            var world = Busy().Reexecute(bytes => bytes[..(bytes.Length * cut / 40)]);

            AssertWorks(world);
        }
    }

    [Fact]
    public void State_WithBytesThatAreOthers_LeavesAManagerThatWorks()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var world = Busy().Reexecute(bytes =>
            {
                for (var i = 0; i < 1 + (seed % 30); i++)
                {
                    bytes[random.Next(bytes.Length)] = (byte)(seed % 2 == 0 ? random.Next(256) : random.Next(0x20, 0x7F));
                }

                return bytes;
            });

            AssertWorks(world);
        }
    }

    [Fact]
    public void State_OfRandomBytes_LeavesAManagerThatWorks()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            var world = Busy().Reexecute(bytes =>
            {
                random.NextBytes(bytes);
                return bytes;
            });

            AssertWorks(world);
        }
    }

    [Fact]
    public void Values_ThatAreOthers_LeaveAManagerThatWorks()
    {
        string[] values = ["0", "1", "18446744073709551615", "-1", "x", "\\-", "Running", "Dead", "yes", "AutoRestart", "Start", "StopSigterm", "Listening", "Waiting"];
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var world = Busy().Reexecute(bytes =>
            {
                var lines = System.Text.Encoding.ASCII.GetString(bytes).Split('\n');
                var words = lines[random.Next(1, lines.Length - 1)].Split(' ');
                var at = Array.FindIndex(lines, line => line == string.Join(' ', words));
                words[random.Next(words.Length > 1 ? 1 : 0, words.Length)] = values[random.Next(values.Length)];
                lines[at] = (lines[at].StartsWith('\t') && !words[0].StartsWith('\t') ? "\t" : "") + string.Join(' ', words);
                return System.Text.Encoding.ASCII.GetBytes(string.Join('\n', lines));
            });

            AssertWorks(world);
        }
    }

    [Fact]
    public void Unit_WhoseRecordIsDamaged_DoesNotHarmAnother()
    {
        var world = Busy().Reexecute(static bytes =>
        {
            var text = System.Text.Encoding.ASCII.GetString(bytes);
            return System.Text.Encoding.ASCII.GetBytes(text.Replace("unit a.service\n", "unit \\xx\n", StringComparison.Ordinal));
        });

        Assert.Equal(ServiceState.Running, ((Service)world.Unit("b.service")).State);
        Assert.Equal(ServiceState.StopSigterm, ((Service)world.Unit("c.service")).State);
        world.Dispose();
    }

    /// <summary>Services in several states, with jobs, timers and processes.</summary>
    private static UnitWorld Busy()
    {
        var world = new UnitWorld();
        world.Service("ExecStartPre=/pre\nExecStart=/daemon", name: "a.service");
        world.Service("ExecStart=/daemon\nWatchdogSec=10\nRestart=always", name: "b.service");
        world.Service("ExecStart=/daemon", name: "c.service");
        world.Service("ExecStart=/exit/1\nRestart=always\nRestartSec=50", name: "d.service");
        world.File("e.timer", "[Timer]\nOnActiveSec=100\nUnit=d.service\n");
        world.Load("e.timer");
        world.Scope("", "f.scope");
        world.Start("a.service");
        world.Start("b.service");
        world.Start("c.service");
        world.Start("d.service");
        world.Start("e.timer");
        world.Start("f.scope");
        world.Main((Service)world.Unit("c.service")).IgnoresEverything = true;
        world.Stop("c.service");
        return world;
    }

    /// <summary>Time goes on, everything that is left can be stopped, and something new started.</summary>
    private static void AssertWorks(UnitWorld world)
    {
        world.Advance(200);
        foreach (var unit in world.Context.Units.All.ToList())
        {
            if (unit is Service or Scope or TimerUnit && !unit.IsInactiveOrFailed)
            {
                _ = world.Context.AddJob(Engine.Jobs.JobType.Stop, unit, Engine.Jobs.JobMode.Replace);
            }
        }

        world.Advance(400);
        world.Service("ExecStart=/daemon", name: "new.service");
        Assert.Null(world.Start("new.service"));
        Assert.True(((Service)world.Unit("new.service")).State == ServiceState.Running, string.Join('\n', world.Log) + Jobs(world));
        world.Dispose();
    }

    private static string Jobs(UnitWorld world) =>
        string.Join('\n', world.Context.Jobs.Jobs.Select(static job => $"{job.Id} {job} {job.State}, {job.Unit.ActiveState}"));
}
