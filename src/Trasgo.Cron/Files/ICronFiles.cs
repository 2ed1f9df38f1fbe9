namespace Trasgo.Cron;

/// <summary>What is known of an open file, by which cron decides whether to believe it.</summary>
/// <param name="Mode">The permission bits.</param>
/// <param name="LinkOwner">Of the symbolic link that led to it; null where there was none.</param>
internal sealed record CronFile(string Path, byte[] Contents, bool IsRegular, uint Mode, uint Owner, ulong Links, uint? LinkOwner);

/// <summary>The files of the system, or of a test.</summary>
internal interface ICronFiles
{
    /// <summary>Names in a directory, in no order; empty where it cannot be read.</summary>
    string[] List(string directory);

    /// <summary>
    /// A file that is opened once, so that what is known of it is known of what was read. Null and "" where there is none; null and the
    /// reason where it cannot be read.
    /// </summary>
    CronFile? Open(string path, out string error);

    /// <summary>Null where there is no such user.</summary>
    uint? FindUser(string name);

    bool IsExecutable(string path);
}
