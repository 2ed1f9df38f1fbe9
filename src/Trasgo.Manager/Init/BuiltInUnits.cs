using System.Text;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>
/// A generator of our own: the special units of systemd.special(7) for a host that has no systemd installed. Each is written to generator.late/,
/// where every other file wins, and only for a name that no file provides; a mask provides it too. A host that has sysinit.target (a user
/// manager: basic.target) has systemd's set of units, and what is missing from that is missing by intent.
/// </summary>
internal static class BuiltInUnits
{
    /// <summary>The names that were written.</summary>
    public static List<string> Write(UnitSearchPath search, IUnitFileSystem files, IEngineLog log)
    {
        var written = new List<string>();
        if (search.GeneratorLate is not { } directory)
        {
            return written;
        }

        var isSystem = search.Scope == RuntimeScope.System;
        if (IsProvided(isSystem ? "sysinit.target" : "basic.target", search, files))
        {
            return written;
        }

        foreach (var unit in isSystem ? BuiltInUnitTexts.System(ToolPrefix(files)) : BuiltInUnitTexts.User())
        {
            if (IsProvided(unit.Name, search, files))
            {
                continue;
            }

            if (files.MakeDirectories(directory) is var failed and not (FileError.None or FileError.Exists))
            {
                log.Write(LogLevel.Error, unit: null, $"Failed to make {directory}/: {failed}");
                break;
            }

            var path = directory + "/" + unit.Name;
            var error = unit.AliasOf is { } target ? files.WriteSymlink(target, path) : files.WriteAtomically(path, Encoding.UTF8.GetBytes(unit.Text));
            if (error == FileError.None)
            {
                written.Add(unit.Name);
            }
            else
            {
                log.Write(LogLevel.Error, unit: null, $"Failed to write {path}: {error}");
            }
        }

        return written;
    }

    private static bool IsProvided(string name, UnitSearchPath search, IUnitFileSystem files)
    {
        foreach (var directory in search.All)
        {
            if (files.Stat(directory + "/" + name, followLinks: false, out _) != FileKind.Missing)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands before a systemctl verb: the host's own client, or ours.</summary>
    private static string ToolPrefix(IUnitFileSystem files)
    {
        foreach (var path in (ReadOnlySpan<string>)["/usr/bin/systemctl", "/bin/systemctl"])
        {
            if (files.Exists(path))
            {
                return path;
            }
        }

        return $"{Environment.ProcessPath} systemctl";
    }
}
