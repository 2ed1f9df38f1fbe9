using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>The first steps of PID 1, before there is a manager: it must not keep or lose what a shell would have set up.</summary>
internal static class InitStage
{
    /// <summary>The runtime and everything after it look into /proc and /dev. Done twice does no harm.</summary>
    public static void MountApiFileSystems(IEngineLog log) => new ApiFileSystems(log).MountMissing();

    /// <summary><paramref name="isFirst"/>: no manager was there before us, who would have done what is done once.</summary>
    public static void Prepare(IEngineLog log, bool isFirst)
    {
        _ = ProcessControl.SetSession();
        _ = ProcessControl.ChangeDirectory("/");
        _ = ProcessControl.SetUmask(0);
        _ = ProcessControl.SetName("trasgo");

        InitEnvironment.FixOwn();
        if (!isFirst)
        {
            return;
        }

        // The keys ask us, by SIGINT, instead of ending the machine at once. A container may not say so, and need not.
        _ = Reboot.DisableCtrlAltDel();
        new HostSetup(log).Run();
    }
}
