namespace Trasgo.UnitFiles.Directives;

/// <summary>What the manager does to the whole machine or to itself: FailureAction=, StartLimitAction= and their kin.</summary>
internal enum EmergencyAction
{
    None,
    Reboot,
    RebootForce,
    RebootImmediate,
    PowerOff,
    PowerOffForce,
    PowerOffImmediate,
    Exit,
    ExitForce,
}
