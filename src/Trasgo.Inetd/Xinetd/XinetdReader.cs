using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd;

/// <summary>
/// Reads xinetd.conf(5) and what it includes into entries, line by line as xinetd does: a brace stands on a line of its own, and
/// an entry with a line that is none is not offered. How much is read is bounded, also where files include each other.
/// </summary>
internal sealed class XinetdReader(IUnitFileSystem files, IDiagnostics sink)
{
    private const int MostFiles = 1000;
    private const int DeepestInclude = 8;

    private readonly List<XinetdBlock> _blocks = [];
    private int _files;

    /// <summary>The defaults were left out, and nobody knows what they would have closed.</summary>
    public bool HasBrokenDefaults { get; private set; }

    public List<XinetdBlock> Read(string path)
    {
        ReadFile(path, 0);
        return _blocks;
    }

    private void ReadFile(string path, int depth)
    {
        if (++_files > MostFiles)
        {
            return;
        }

        if (files.Read(path, HostTables.FileLimit, out var error) is not { } bytes)
        {
            if (depth > 0 || error != FileError.NotFound)
            {
                Tell(Severity.Error, path, 0, $"The file cannot be read: {error}.");
            }

            return;
        }

        var lines = new XinetdLines(ByteText.Decode(bytes));
        while (lines.Next() is { } line)
        {
            ReadEntry(path, lines, WhiteSpace.Split(line), depth);
        }
    }

    private void ReadEntry(string path, XinetdLines lines, string[] words, int depth)
    {
        var line = lines.Number;
        switch (words)
        {
            case ["include" or "includedir", var included, ..] when depth >= DeepestInclude || _files >= MostFiles:
                Tell(Severity.Error, path, line, $"'{included}' is not read: too many files include others.");
                break;
            case ["include", var file, ..]:
                ReadFile(file, depth + 1);
                break;
            case ["includedir", var directory, ..]:
                ReadDirectory(path, line, directory, depth);
                break;
            case ["service", var service, ..]:
                ReadBlock(path, lines, new XinetdBlock(service, path, line, []));
                break;
            case ["defaults", ..]:
                ReadBlock(path, lines, new XinetdBlock(null, path, line, []));
                break;
            default:
                Tell(Severity.Error, path, line, $"'{words[0]}' begins no entry: service, defaults, include and includedir do.");
                break;
        }
    }

    /// <summary>In the order of the names' bytes; those with a dot or with a tilde at the end are passed over.</summary>
    private void ReadDirectory(string path, int line, string directory, int depth)
    {
        if (files.Stat(directory, followLinks: true, out _) != FileKind.Directory)
        {
            Tell(Severity.Error, path, line, $"'{directory}' is no directory.");
            return;
        }

        var names = files.List(directory);
        Array.Sort(names, StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!name.Contains('.', StringComparison.Ordinal) && !name.EndsWith('~') && files.Stat($"{directory}/{name}", followLinks: true, out _) == FileKind.File)
            {
                ReadFile($"{directory}/{name}", depth + 1);
            }
        }
    }

    private void ReadBlock(string path, XinetdLines lines, XinetdBlock block)
    {
        if (lines.Next()?.Trim() is not "{")
        {
            LeaveOut(path, lines.Number, block, "An entry goes on with a line that holds nothing but '{'; this entry is left out.");
            lines.SkipEntry();
            return;
        }

        while (lines.Next() is { } line)
        {
            if (line.Trim() == "}")
            {
                _blocks.Add(block);
                return;
            }

            if (XinetdLines.Assignment(line, lines.Number) is not { } assignment)
            {
                LeaveOut(path, lines.Number, block, "A line of an entry is 'ATTRIBUTE = VALUE...', with a blank before the operator; this entry is left out.");
                lines.SkipEntry();
                return;
            }

            block.Assignments.Add(assignment);
        }

        LeaveOut(path, block.Line, block, "The entry has no end and is left out.");
    }

    private void LeaveOut(string path, int line, XinetdBlock block, string message)
    {
        Tell(Severity.Error, path, line, message);
        HasBrokenDefaults |= block.Service is null;
    }

    private void Tell(Severity severity, string path, int line, string message) => sink.Add(new Diagnostic(severity, null, path, line, null, message));
}
