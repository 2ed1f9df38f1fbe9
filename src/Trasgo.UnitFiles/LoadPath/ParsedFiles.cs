using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>
/// The files of templates as they were parsed last. A socket with Accept=yes makes an instance of its template for each connection, and the file
/// says the same to all of them for as long as it is the same file. One with mistakes is read again, so that they are reported again.
/// </summary>
internal sealed class ParsedFiles
{
    /// <summary>More templates than this are not in use at once; then all are read again.</summary>
    private const int Most = 64;

    private readonly Dictionary<string, (FileStamp Stamp, ParsedUnitFile Parsed)> _files = new(StringComparer.Ordinal);

    public ParsedUnitFile? Find(string path, FileStamp stamp) =>
        _files.TryGetValue(path, out var known) && known.Stamp == stamp ? known.Parsed : null;

    public ParsedUnitFile Parse(ReadOnlySpan<byte> bytes, string path, FileStamp stamp, string[] sections, string unit, IDiagnostics sink)
    {
        var diagnostics = new DiagnosticList();
        var parsed = UnitFileParser.Read(bytes, path, diagnostics, sections, unit);
        foreach (var diagnostic in diagnostics.Items)
        {
            sink.Add(diagnostic);
        }

        if (diagnostics.Items.Count == 0 && parsed.Failure == ParseFailure.None)
        {
            if (_files.Count >= Most)
            {
                _files.Clear();
            }

            _files[path] = (stamp, parsed);
        }

        return parsed;
    }
}
