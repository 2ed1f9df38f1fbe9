namespace Trasgo.UnitFiles.Directives;

internal static class ControllerNames
{
    private static readonly string[] s_names =
    [
        "cpu", "cpuacct", "cpuset", "io", "blkio", "memory", "devices", "pids", "bpf-firewall", "bpf-devices", "bpf-foreign",
        "bpf-socket-bind", "bpf-restrict-network-interfaces",
    ];

    public static IEnumerable<string> Of(CgroupControllers controllers)
    {
        for (var bit = 0; bit < s_names.Length; bit++)
        {
            if (((int)controllers & (1 << bit)) != 0)
            {
                yield return s_names[bit];
            }
        }
    }

    public static string Format(CgroupControllers controllers) => string.Join(' ', Of(controllers));

    public static bool TryParse(string name, out CgroupControllers controller)
    {
        var bit = Array.IndexOf(s_names, name);
        controller = bit < 0 ? CgroupControllers.None : (CgroupControllers)(1 << bit);
        return bit >= 0;
    }
}
