using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>
/// "trasgo exec-rmrf PATH...": removes trees. The manager runs it for `systemctl clean`, because a large tree takes its time. What is missing is
/// as it should be; the rest is gone on with after a failure.
/// </summary>
internal static class RemovalHelper
{
    public const string Path = "/proc/self/exe";

    private const int MaximumDepth = 1024;

    public static IReadOnlyList<string> Command { get; } = ["(sd-rmrf)", "exec-rmrf"];

    public static int Run(IReadOnlyList<string> paths, Action<string> report)
    {
        var status = 0;
        foreach (var path in paths)
        {
            if (FileTree.Remove(path, MaximumDepth) is var error and not (Errno.None or Errno.ENOENT))
            {
                report($"Failed to remove '{path}': {ErrnoNames.Message(error)}");
                status = 1;
            }
        }

        return status;
    }
}
