using System.Text;
using Trasgo.Cli.Output;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>A unit file or drop-in while it is being edited: what was and what will be kept stand between two markers.</summary>
internal sealed class EditedFile
{
    private const string Start = "### Anything between here and the comment below will become the new contents of the file";
    private const string End = "### Lines below this comment will be discarded";
    private const uint DirectoryMode = 0x1ed;

    private readonly string _target;
    private readonly bool _isDropIn;

    private EditedFile(string target, bool isDropIn)
    {
        (_target, _isDropIn) = (target, isDropIn);
        var slash = target.LastIndexOf('/');
        TemporaryPath = $"{target[..slash]}/.#{target[(slash + 1)..]}{Random.Shared.NextInt64():x16}";
    }

    internal string TemporaryPath { get; }

    internal static EditedFile? Create(CommandOutput output, string target, UnitSources sources, bool full)
    {
        var file = new EditedFile(target, isDropIn: !full);
        var directory = target[..target.LastIndexOf('/')];
        if (FileSystem.MakeDirectories(directory, DirectoryMode) is not Errno.None and var error)
        {
            output.Error($"Failed to create directories for \"{target}\": {ErrnoNames.Message(error)}");
            return null;
        }

        try
        {
            File.WriteAllText(file.TemporaryPath, full ? FullText(sources) : file.DropInText(sources));
            return file;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            output.Error($"Failed to create temporary file \"{file.TemporaryPath}\": {failure.Message}");
            return null;
        }
    }

    /// <summary>Puts the edited text in place; false after saying why that failed.</summary>
    internal bool Commit(CommandOutput output)
    {
        try
        {
            var text = File.ReadAllText(TemporaryPath);
            var kept = Between(text);
            if (kept.Length == 0)
            {
                output.Warning($"Editing \"{_target}\" canceled: temporary file is empty.");
                return true;
            }

            if (kept.Length != text.Length)
            {
                File.WriteAllText(TemporaryPath, kept + (kept.EndsWith('\n') ? "" : "\n"));
            }

            File.Move(TemporaryPath, _target, overwrite: true);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            output.Error($"Failed to rename \"{TemporaryPath}\" to \"{_target}\": {failure.Message}");
            return false;
        }
    }

    /// <summary>Removes what is left over, also the drop-in directory if nothing came into it.</summary>
    internal void Discard()
    {
        _ = FileSystem.Remove(TemporaryPath);
        if (_isDropIn)
        {
            _ = FileSystem.RemoveDirectory(_target[.._target.LastIndexOf('/')]);
        }
    }

    private static string FullText(UnitSources sources) => sources.Fragment is { } path ? File.ReadAllText(path) : "";

    private static string Between(string text)
    {
        var from = text.IndexOf(Start, StringComparison.Ordinal) is >= 0 and var start ? start + Start.Length : 0;
        var to = text.IndexOf(End, from, StringComparison.Ordinal) is >= 0 and var end ? end : text.Length;
        return from == 0 && to == text.Length && text.Trim().Length > 0 ? text : text[from..to].Trim();
    }

    private string DropInText(UnitSources sources)
    {
        var now = File.Exists(_target) ? File.ReadAllText(_target) : "";
        var text = new StringBuilder($"### Editing {_target}\n{Start}\n\n{now}{(now.EndsWith('\n') ? "" : "\n")}\n{End}");
        foreach (var path in sources.All.Where(path => path != _target))
        {
            _ = text.Append($"\n\n### {path}");
            if (File.ReadAllText(path).Trim() is { Length: > 0 } contents)
            {
                _ = text.Append("\n# ").Append(contents.Replace("\n", "\n# ", StringComparison.Ordinal));
            }
        }

        return text.ToString();
    }
}
