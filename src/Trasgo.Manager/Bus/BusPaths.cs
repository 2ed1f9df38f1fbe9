using System.Globalization;
using Trasgo.Bus.Wire;

namespace Trasgo.Manager.Bus;

/// <summary>Where units and jobs are found on the bus.</summary>
internal static class BusPaths
{
    public const string Manager = "/org/freedesktop/systemd1";
    public const string Units = Manager + "/unit";
    public const string Jobs = Manager + "/job";
    public const string LogControl = "/org/freedesktop/LogControl1";

    public static string OfUnit(string id) => Units + "/" + BusLabel.Escape(id);

    public static string OfJob(uint id) => Jobs + "/" + id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The label under the prefix, null if the path goes deeper or does not lie there.</summary>
    public static string? Label(string path, string prefix) =>
        path.Length > prefix.Length + 1 && path.StartsWith(prefix, StringComparison.Ordinal) && path[prefix.Length] == '/' &&
        path.IndexOf('/', prefix.Length + 1) < 0
            ? path[(prefix.Length + 1)..]
            : null;

    public static uint? JobId(string path) =>
        Label(path, Jobs) is { } label && uint.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
