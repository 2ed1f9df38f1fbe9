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
    public Refusal? SetProperties(Unit unit, bool runtime, IReadOnlyList<Setting> settings)
    {
        var search = _engine.Loader.SearchPath;

        // A transient unit's settings are gone with it, so they lie beside its file.
        var root = unit.IsTransient ? search.Transient : runtime ? search.RuntimeControl : search.PersistentControl;
        if (root is null)
        {
            return Failed("This manager has no place for such settings.");
        }

        // One file a directive, as systemd does, so that setting it again replaces it.
        var directory = $"{root}/{unit.Id}.d";
        var paths = unit.Origin.DropInPaths.ToList();
        foreach (var name in settings.Select(static setting => setting.Name).Distinct())
        {
            if (Write(directory, $"50-{name}.conf", SettingsFile.DropIn(settings, name)) is { } failure)
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

        if (Write(directory, unit.Id, SettingsFile.Transient(settings)) is { } failure)
        {
            return failure;
        }

        unit.IsTransient = true;
        _engine.Loader.ReadAgain(unit);
        return null;
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
