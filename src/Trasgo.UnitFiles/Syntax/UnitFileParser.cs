using System.Text;

namespace Trasgo.UnitFiles.Syntax;

/// <summary>
/// Reads the file format of systemd.syntax(7). Lines end in LF, CR, NUL or a combination; a backslash at the end joins the
/// next line with a space; comment lines between joined lines drop out. Every file gives a result, whatever its bytes.
/// </summary>
internal sealed class UnitFileParser
{
    /// <summary>LONG_LINE_MAX of systemd, for one line and for a joined one.</summary>
    public const int LineLimit = 1024 * 1024;

    private const string Whitespace = " \t\n\r";
    private const byte Bom0 = 0xEF, Bom1 = 0xBB, Bom2 = 0xBF;

    private readonly string _file;
    private readonly string? _unit;
    private readonly string[]? _sections;
    private readonly IDiagnostics _sink;
    private readonly List<Assignment> _assignments = [];
    private string? _section;
    private bool _sectionIgnored;

    private UnitFileParser(string file, string? unit, string[]? sections, IDiagnostics sink)
    {
        _file = file;
        _unit = unit;
        _sections = sections;
        _sink = sink;
    }

    public static List<Assignment> Parse(ReadOnlySpan<byte> text, string fileName, IDiagnostics sink) =>
        Read(text, fileName, sink).Assignments;

    /// <summary>
    /// With <paramref name="sections"/> others are reported and skipped; without, every section is returned and an
    /// assignment before the first has the section "".
    /// </summary>
    public static ParsedUnitFile Read(
        ReadOnlySpan<byte> text, string fileName, IDiagnostics sink, string[]? sections = null, string? unit = null)
    {
        var parser = new UnitFileParser(fileName, unit, sections, sink);
        return new ParsedUnitFile(parser._assignments, parser.ReadLines(text));
    }

    private ParseFailure ReadLines(ReadOnlySpan<byte> text)
    {
        var reader = new LineReader(text);
        var continuation = new List<byte>();
        var continued = false;
        var bomSeen = false;
        while (reader.Next(out var line))
        {
            if (line.Length >= LineLimit)
            {
                return Fail(ParseFailure.LineTooLong, reader.Number - 1, "Line too long");
            }

            if (IsComment(line))
            {
                continue;
            }

            if (!bomSeen && line.Length >= 3 && line[0] == Bom0 && line[1] == Bom1 && line[2] == Bom2)
            {
                line = line[3..];
                bomSeen = true;
            }

            if (continuation.Count + line.Length > LineLimit)
            {
                return Fail(ParseFailure.LineTooLong, reader.Number, "Continuation line too long");
            }

            if (EndsInBackslash(line))
            {
                continuation.AddRange(line[..^1]);
                continuation.Add((byte)' ');
                continued = true;
                continue;
            }

            var failure = continued ? TakeLine(Joined(continuation, line), reader.Number) : TakeLine(line, reader.Number);
            if (failure != ParseFailure.None)
            {
                return failure;
            }

            continuation.Clear();
            continued = false;
        }

        return continued ? TakeLine(Joined(continuation, []), reader.Number + 1) : ParseFailure.None;
    }

    private static byte[] Joined(List<byte> continuation, ReadOnlySpan<byte> last)
    {
        continuation.AddRange(last);
        return [.. continuation];
    }

    private ParseFailure TakeLine(ReadOnlySpan<byte> bytes, int number)
    {
        bytes = bytes.Trim(" \t\n\r"u8);
        if (bytes.Length == 0)
        {
            return ParseFailure.None;
        }

        if (!Utf8Text.IsValid(bytes))
        {
            return Fail(
                ParseFailure.InvalidText, number, $"String is not UTF-8 clean, ignoring assignment: {Utf8Text.EscapeInvalid(bytes)}",
                Severity.Warning);
        }

        var line = Encoding.UTF8.GetString(bytes);
        if (line[0] == '[')
        {
            return TakeHeader(line, number);
        }

        TakeAssignment(line, number);
        return ParseFailure.None;
    }

    private ParseFailure TakeHeader(string line, int number)
    {
        if (line[^1] != ']')
        {
            return Fail(ParseFailure.BadHeader, number, $"Invalid section header '{line}'");
        }

        var name = line[1..^1];
        if (name.AsSpan().IndexOfAny("\"'\\\x7f") >= 0 || name.AsSpan().IndexOfAnyInRange('\x01', '\x1f') >= 0)
        {
            return Fail(ParseFailure.BadHeader, number, $"Bad characters in section header '{line}'");
        }

        _sectionIgnored = _sections is not null && Array.IndexOf(_sections, name) < 0;
        _section = _sectionIgnored ? null : name;
        if (_sectionIgnored && !name.StartsWith("X-", StringComparison.Ordinal))
        {
            Report(Severity.Warning, number, null, $"Unknown section '{name}'. Ignoring.");
        }

        return ParseFailure.None;
    }

    private void TakeAssignment(string line, int number)
    {
        if (_sections is not null && _section is null)
        {
            if (!_sectionIgnored)
            {
                Report(Severity.Warning, number, null, "Assignment outside of section. Ignoring.");
            }

            return;
        }

        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            Report(
                Severity.Warning, number, null,
                equals < 0 ? "Missing '=', ignoring line." : "Missing key name before '=', ignoring line.");
            return;
        }

        var key = line.AsSpan(0, equals).Trim(Whitespace).ToString();
        var value = line.AsSpan(equals + 1).Trim(Whitespace).ToString();
        _assignments.Add(new Assignment(_section ?? "", key, value, _file, number));
    }

    private static bool IsComment(ReadOnlySpan<byte> line)
    {
        line = line.TrimStart(" \t\n\r"u8);
        return line.Length > 0 && line[0] is (byte)'#' or (byte)';';
    }

    /// <summary>Whether the last backslash of the line is not itself the second of a pair.</summary>
    private static bool EndsInBackslash(ReadOnlySpan<byte> line)
    {
        var run = line.Length - 1 - line.LastIndexOfAnyExcept((byte)'\\');
        return (run & 1) == 1;
    }

    private ParseFailure Fail(ParseFailure failure, int number, string message, Severity severity = Severity.Error)
    {
        Report(severity, number, null, message);
        return failure;
    }

    private void Report(Severity severity, int number, string? directive, string message) =>
        _sink.Add(new Diagnostic(severity, _unit, _file, number, directive, message));
}
