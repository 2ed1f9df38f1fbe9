using System.Text;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;

using Refusal = Trasgo.Engine.Units.BusFailure;

namespace Trasgo.Manager;

/// <summary>Settings that come from clients: written as files first and then read like all others, so that there is one path.</summary>
internal sealed partial class ServiceManager
{
    private const string DropInHeader =
        "# This is a drop-in unit file extension, created via \"systemctl set-property\"\n# or an equivalent operation. Do not edit.\n";

    private const string TransientHeader = "# This is a transient unit file, created programmatically via the systemd API. Do not edit.\n";

    public Refusal? SetProperties(Unit unit, bool runtime, IReadOnlyList<Setting> settings)
    {
        var search = _engine.Loader.SearchPath;
        var root = runtime ? search.RuntimeControl : search.PersistentControl;
        if (root is null)
        {
            return Failed("This manager has no place for such settings.");
        }

        // One file a directive, as systemd does, so that setting it again replaces it.
        var directory = $"{root}/{unit.Id}.d";
        var paths = unit.Origin.DropInPaths.ToList();
        foreach (var name in settings.Select(static setting => setting.Name).Distinct())
        {
            var text = new StringBuilder(DropInHeader);
            AppendSettings(text, settings, name);
            if (Write(directory, $"50-{name}.conf", text.ToString()) is { } failure)
            {
                return failure;
            }

            paths.Add($"{directory}/50-{name}.conf");
        }

        // What was set last is named last, until all units are read anew.
        _engine.Loader.ReadAgain(unit);
        unit.Origin = unit.Origin with { DropInPaths = [.. unit.Origin.DropInPaths.OrderBy(path => paths.IndexOf(path))] };
        return null;
    }

    public Refusal? MakeTransient(Unit unit, IReadOnlyList<Setting> settings)
    {
        if (_engine.Loader.SearchPath.Transient is not { } directory)
        {
            return Failed("This manager has no place for transient units.");
        }

        if (unit.LoadState != UnitLoadState.NotFound || !unit.IsInactiveOrFailed)
        {
            return new Refusal("org.freedesktop.systemd1.UnitExists", $"Unit {unit.Id} was already loaded or has a fragment file.");
        }

        var text = new StringBuilder(TransientHeader);
        AppendSettings(text, settings, only: null);
        if (Write(directory, unit.Id, text.ToString()) is { } failure)
        {
            return failure;
        }

        unit.IsTransient = true;
        _engine.Loader.ReadAgain(unit);
        return null;
    }

    private static void AppendSettings(StringBuilder text, IReadOnlyList<Setting> settings, string? only)
    {
        var section = "";
        foreach (var setting in settings)
        {
            if (only is not null && setting.Name != only)
            {
                continue;
            }

            if (setting.Section != section)
            {
                section = setting.Section;
                text.Append('[').Append(section).Append("]\n");
            }

            // A line break in a value would start a line of its own choosing (CVE-2018-15686 is of that kind).
            text.Append(setting.Name).Append('=').Append(setting.Text.Replace("\n", "\\\n", StringComparison.Ordinal)).Append('\n');
        }
    }

    private Refusal? Write(string directory, string name, string text)
    {
        var files = _engine.Loader.Files;
        var error = files.MakeDirectories(directory);
        if (error is FileError.None or FileError.Exists)
        {
            error = files.WriteAtomically($"{directory}/{name}", Encoding.UTF8.GetBytes(text));
        }

        return error == FileError.None ? null : Failed($"Failed to write {directory}/{name}: {error}");
    }

    private static Refusal Failed(string message) => new("org.freedesktop.DBus.Error.Failed", message);
}
