using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>The first steps of PID 1, before there is a manager: it must not keep or lose what a shell would have set up.</summary>
internal static class InitStage
{
    /// <summary>The runtime and everything after it look into /proc and /dev. Done twice does no harm.</summary>
    public static void MountApiFileSystems(IEngineLog log) => new ApiFileSystems(log).MountMissing();

    public static void Prepare(IEngineLog log)
    {
        _ = ProcessControl.SetSession();
        _ = ProcessControl.ChangeDirectory("/");
        _ = ProcessControl.SetUmask(0);
        _ = ProcessControl.SetName("trasgo");

        // The keys ask us, by SIGINT, instead of ending the machine at once. A container may not say so, and need not.
        _ = Reboot.DisableCtrlAltDel();
        InitEnvironment.FixOwn();
        new HostSetup(log).Run();
    }
}
