using System.Text;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>Small files of /proc, /sys and /etc as text. A file that cannot be read is null; why does not matter to the asker.</summary>
internal static class HostText
{
    private const int Limit = 1024 * 1024;

    public static string? All(string path) =>
        FileSystem.Read(path, Limit) is { Ok: true, Value: var bytes } ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The first line, without its end.</summary>
    public static string? Line(string path)
    {
        var text = All(path);
        var end = text?.IndexOf('\n', StringComparison.Ordinal) ?? -1;
        return end < 0 ? text : text![..end];
    }

    public static bool Exists(string path) => FileSystem.Exists(path) == Errno.None;
}
