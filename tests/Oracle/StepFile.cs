namespace Trasgo.Oracle;

/// <summary>One line of a case that does something, with the files to lay down before it.</summary>
internal sealed record Step(int Line, string Command, IReadOnlyList<StepInput> Inputs);

/// <summary>A case read from a file; tests/Oracle/README.md describes the format.</summary>
internal sealed record StepFile(string Name, bool Fresh, bool OfUser, IReadOnlyList<string> Arguments, IReadOnlyList<Step> Steps)
{
    /// <summary>Files that are there before the container boots, and those that stand in for something of ours where systemd is PID 1.</summary>
    public IReadOnlyList<StepInput> Before { get; private init; } = [];

    public IReadOnlyList<StepInput> BeforeSystemd { get; private init; } = [];

    private const string Indent = "  ";
    private const string SystemUnits = "/etc/systemd/";
    private const string UserUnits = "/home/tester/.config/systemd/";

    public static StepFile Read(string name)
    {
        var reader = new Reader(name, File.ReadAllLines(PathOf(name)));
        return reader.Read();
    }

    public static string PathOf(string name) => Path.Combine(Machine.Folder, "cases", name + ".steps");

    private sealed class Reader(string name, string[] file)
    {
        private readonly List<Step> _steps = [];
        private readonly List<string> _arguments = [];
        private readonly List<StepInput> _before = [];
        private readonly List<StepInput> _beforeSystemd = [];
        private List<StepInput> _inputs = [];
        private string[] _lines = file;
        private int _next;
        private bool _fresh;
        private bool _ofUser;

        public StepFile Read()
        {
            while (_next < _lines.Length)
            {
                string line = _lines[_next++].TrimEnd();
                if (line.Length != 0 && line[0] != '#')
                {
                    ReadLine(line);
                }
            }

            return _steps.Count > 0 && _inputs.Count == 0
                ? new StepFile(name, _fresh, _ofUser, _arguments, _steps) { Before = _before, BeforeSystemd = _beforeSystemd }
                : throw new FormatException($"{name} does nothing, or ends with a file that no step uses");
        }

        private void ReadLine(string line)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            string word = space < 0 ? line : line[..space];
            string rest = space < 0 ? "" : line[(space + 1)..].Trim();
            switch (word)
            {
                case "fresh":
                    _fresh = true;
                    _arguments.AddRange(rest.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                    break;
                case "user":
                    _ofUser = true;
                    break;
                case "like":
                    _lines = File.ReadAllLines(PathOf(rest));
                    _next = 0;
                    break;
                case "unit":
                    _inputs.Add(new StepInput((_ofUser ? UserUnits + "user/" : SystemUnits + "system/") + rest, ReadContent(), Executable: false));
                    break;
                case "file":
                    _inputs.Add(new StepInput(rest, ReadContent(), Executable: false));
                    break;
                case "script":
                    _inputs.Add(new StepInput(rest, ReadContent(), Executable: true));
                    break;
                case "before":
                    _before.Add(ReadEarly(rest));
                    break;
                case "before-systemd":
                    _beforeSystemd.Add(ReadEarly(rest));
                    break;
                default:
                    AddCommand(line);
                    break;
            }
        }

        /// <summary>New files are announced to the manager before the next command, as an administrator would.</summary>
        private void AddCommand(string line)
        {
            if (_inputs.Exists(input => input.Path.StartsWith(_ofUser ? UserUnits : SystemUnits, StringComparison.Ordinal)) && line != "systemctl daemon-reload")
            {
                _steps.Add(new Step(_next, "systemctl daemon-reload", _inputs));
                _inputs = [];
            }

            _steps.Add(new Step(_next, line, _inputs));
            _inputs = [];
        }

        private StepInput ReadEarly(string path)
        {
            string content = ReadContent();
            return _fresh
                ? new StepInput(path, content, content.StartsWith("#!", StringComparison.Ordinal))
                : throw new FormatException($"{name} has files from before the boot without a container of its own");
        }

        private string ReadContent()
        {
            var content = new List<string>();
            while (_next < _lines.Length && (_lines[_next].StartsWith(Indent, StringComparison.Ordinal) || _lines[_next].Length == 0))
            {
                content.Add(_lines[_next].Length == 0 ? "" : _lines[_next][Indent.Length..]);
                _next++;
            }

            return string.Join('\n', content).TrimEnd('\n') + "\n";
        }
    }
}
