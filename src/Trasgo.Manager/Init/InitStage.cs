using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>The first steps of PID 1, before there is a manager: it must not keep or lose what a shell would have set up.</summary>
internal static class InitStage
{
    public static void Prepare()
    {
        _ = ProcessControl.SetSession();
        _ = ProcessControl.ChangeDirectory("/");
        _ = ProcessControl.SetUmask(0);
        _ = ProcessControl.SetName("trasgo");

        // The keys ask us, by SIGINT, instead of ending the machine at once. A container may not say so, and need not.
        _ = Reboot.DisableCtrlAltDel();
    }
}
