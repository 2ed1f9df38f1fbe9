namespace Trasgo.Engine.Units;

/// <summary>si_code of SIGCHLD (sigaction(2)) and the words for it in ExecMainCode= and in messages.</summary>
internal static class ExitCodes
{
    public const int Exited = 1;
    public const int Killed = 2;
    public const int Dumped = 3;

    public static string Name(int code) => code switch
    {
        Exited => "exited",
        Killed => "killed",
        Dumped => "dumped",
        _ => "n/a",
    };
}
