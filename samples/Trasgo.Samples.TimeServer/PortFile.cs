using System.Globalization;

namespace Trasgo.Samples.TimeServer;

/// <summary>Remembers the port the kernel chose, so that a restarted server is found where its predecessor was.</summary>
internal static class PortFile
{
    public static int Read(string path) =>
        File.Exists(path) && ushort.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? port : 0;

    public static void Write(string path, int port)
    {
        File.WriteAllText(path + ".new", port.ToString(CultureInfo.InvariantCulture));
        File.Move(path + ".new", path, overwrite: true);
    }
}
