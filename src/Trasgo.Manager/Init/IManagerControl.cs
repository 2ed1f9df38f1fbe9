using Trasgo.Engine.Jobs;

namespace Trasgo.Manager;

/// <summary>What signals and emergency actions ask of the manager, and nothing else of it.</summary>
internal interface IManagerControl
{
    ManagerRole Role { get; }

    /// <summary>shutdown.target is up or about to be.</summary>
    bool IsShuttingDown { get; }

    /// <summary>Queues a start job; a refusal is a log line.</summary>
    void StartUnit(string name, JobMode mode);

    /// <summary>Ends the loop once what is in the queues is done.</summary>
    void SetObjective(ManagerObjective objective);

    /// <summary>The status that the manager, and with it the container, ends with.</summary>
    void SetExitStatus(int status);

    /// <summary>daemon-reload.</summary>
    void Reload();

    /// <summary>daemon-reexec.</summary>
    void Reexecute();

    /// <summary>Writes the state of everything to the log.</summary>
    void Dump();

    bool SetShowStatus(string mode);

    /// <summary>An empty text brings back what was configured, here and in the others.</summary>
    bool SetLogLevel(string level);

    bool SetLogTarget(string target);

    /// <summary>A line on the console for whoever watches the machine go down.</summary>
    void ShowEmergency(string message);
}

/// <summary>What we are to the machine.</summary>
internal enum ManagerRole
{
    /// <summary>PID 1 of a machine or a container.</summary>
    Init,

    /// <summary>The system's manager beside another PID 1: in a chroot, in `docker exec`, in a CI job.</summary>
    System,

    /// <summary>A user's.</summary>
    User,
}
