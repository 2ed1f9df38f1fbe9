using System.Text;

namespace Trasgo.Linux;

/// <summary>Text for the kernel: UTF-8 with a closing NUL.</summary>
internal static class Utf8
{
    public static byte[] Terminated(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
