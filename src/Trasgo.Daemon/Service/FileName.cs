using System.Text;

namespace Trasgo.Daemon;

/// <summary>A name that stays in its directory.</summary>
internal static class FileName
{
    private const int LongestInBytes = 255;

    /// <summary>Throws if a name is empty, too long with what is appended to it, leads elsewhere, or cannot be handed to the kernel.</summary>
    public static void Check(string name, string parameter, string suffix = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        if (name is "." or ".." || name.AsSpan().IndexOfAny('/', '\0') >= 0)
        {
            throw new ArgumentException($"\"{name.Replace("\0", "\\0")}\" is not the name of a file in a directory.", parameter);
        }

        if (Encoding.UTF8.GetByteCount(name) + suffix.Length > LongestInBytes)
        {
            throw new ArgumentException($"The name is longer than {LongestInBytes - suffix.Length} bytes.", parameter);
        }
    }
}
