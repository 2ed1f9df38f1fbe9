namespace Trasgo.Manager.Bus;

/// <summary>Moments of the manager's life, in the order and with the names of its properties.</summary>
internal enum ManagerTimestamp
{
    Firmware,
    Loader,
    Kernel,
    InitRD,
    Userspace,
    Finish,
    SecurityStart,
    SecurityFinish,
    GeneratorsStart,
    GeneratorsFinish,
    UnitsLoadStart,
    UnitsLoadFinish,
    UnitsLoad,
    InitRDSecurityStart,
    InitRDSecurityFinish,
    InitRDGeneratorsStart,
    InitRDGeneratorsFinish,
    InitRDUnitsLoadStart,
    InitRDUnitsLoadFinish,
    WatchdogLastPing,
}
