using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Install;

using Refusal = Trasgo.Engine.Units.BusFailure;

namespace Trasgo.Manager.Bus;

/// <summary>
/// What the bus needs of the manager beyond the engine: its own life, its environment, and what changes units from outside.
/// Everything is called on the loop's thread. A refusal is an error name and text as clients get them.
/// </summary>
internal interface IManagerFacade
{
    EngineContext Engine { get; }

    /// <summary>Enables and disables in the directories that the engine's units are loaded from.</summary>
    UnitFileInstaller Installer { get; }

    ManagerIdentity Identity { get; }

    /// <summary>initializing, starting, running, degraded, maintenance, stopping, offline or unknown.</summary>
    string SystemState { get; }

    /// <summary>The variables that units get, as NAME=value.</summary>
    IReadOnlyList<string> Environment { get; }

    string LogLevel { get; }

    string LogTarget { get; }

    bool ShowStatus { get; }

    byte ExitCode { get; }

    /// <summary>A moment in the manager's life; unset where it never came.</summary>
    DualTimestamp TimeOf(ManagerTimestamp moment);

    /// <summary>False if there is no such level. An empty text is what the configuration says.</summary>
    bool SetLogLevel(string level);

    bool SetLogTarget(string target);

    bool SetShowStatus(string mode);

    Refusal? SetExitCode(byte code);

    /// <summary>Takes the names away and then puts the assignments in; both have been checked.</summary>
    Refusal? ChangeEnvironment(IReadOnlyList<string> names, IReadOnlyList<string> assignments);

    /// <summary>Reads all units anew, soon. The answer comes when it is done, or at once when it is refused.</summary>
    void Reload(Action<Refusal?> done);

    /// <summary>The manager executes itself anew, soon. Only if nothing comes of that there is somebody to answer.</summary>
    void Reexecute(Action<Refusal?> failed);

    /// <summary>Ends the manager's main loop for good, without stopping units: `systemctl --force`.</summary>
    Refusal? End(ManagerEnd end);

    /// <summary>Writes the settings to a drop-in of the unit and into the unit (`systemctl set-property`).</summary>
    Refusal? SetProperties(Unit unit, bool runtime, IReadOnlyList<Setting> settings);

    /// <summary>Makes a unit that has no file yet from settings alone, and loads it.</summary>
    Refusal? MakeTransient(Unit unit, IReadOnlyList<Setting> settings);

    /// <summary>Freezes the unit's processes or lets them run; the answer comes when the kernel has done it.</summary>
    void Freeze(Unit unit, bool freeze, Action<Refusal?> done);

    FreezerState FreezerStateOf(Unit unit);

    /// <summary>A counter of the unit's control group; <see cref="ulong.MaxValue"/> where it is not known.</summary>
    ulong Count(Unit unit, UnitCounter counter);

    /// <summary>The state of all units whose names match, for a person to read.</summary>
    string Dump(IReadOnlyList<string> patterns);
}
