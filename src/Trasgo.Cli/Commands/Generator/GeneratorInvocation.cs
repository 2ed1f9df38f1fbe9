using Trasgo.Cli.Output;
using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Commands.Generator;

/// <summary>
/// What a generator reads and where it writes (systemd.generator(7)). Complaints go to standard error, which is the manager's log.
/// </summary>
/// <param name="Root">What --root= says; null is the system itself.</param>
/// <param name="Input">The files of the system, or of the tree that --root= names.</param>
/// <param name="Target">The file system of the three output directories.</param>
internal sealed record GeneratorInvocation(
    string Name, string? Root, IUnitFileSystem Input, IUnitFileSystem Target, string Normal, string Early, string Late, CommandOutput Output)
{
    internal void Warn(string message) => Output.Warning($"trasgo-{Name}-generator: {message}");

    internal void Info(string message) => Output.Info($"trasgo-{Name}-generator: {message}");

    /// <summary>What reading the configuration brought to light, with file and line.</summary>
    internal void Tell(DiagnosticList sink)
    {
        foreach (var diagnostic in sink.Items)
        {
            Say(diagnostic.Severity, $"{diagnostic}");
        }

        if (sink.Dropped > 0)
        {
            Warn($"{sink.Dropped} more messages are left out.");
        }
    }

    /// <summary>Writes a unit file into one of the directories. A name that is none, and an error, are told and are false.</summary>
    internal bool Write(string directory, string name, string text)
    {
        if (!UnitName.IsValid(name, UnitNameFlags.Plain | UnitNameFlags.Instance | UnitNameFlags.Template))
        {
            Warn($"'{name}' is no name of a unit.");
            return false;
        }

        return Told(Target.WriteAtomically($"{directory}/{name}", ByteText.Encode(text)), $"{directory}/{name}");
    }

    /// <summary>Makes <paramref name="name"/> a dependency of <paramref name="of"/>, in its directory of that kind: "wants", "requires".</summary>
    internal bool Link(string directory, string of, string kind, string name)
    {
        var folder = $"{directory}/{of}.{kind}";
        return Told(Target.MakeDirectories(folder), folder) && Told(Target.WriteSymlink($"../{name}", $"{folder}/{name}", replace: true), $"{folder}/{name}");
    }

    /// <summary>Another name of a unit whose file is <paramref name="target"/>.</summary>
    internal bool Alias(string directory, string name, string target) => Told(Target.WriteSymlink(target, $"{directory}/{name}", replace: true), $"{directory}/{name}");

    private void Say(Severity severity, string message)
    {
        switch (severity)
        {
            case Severity.Error:
                Output.Error($"trasgo-{Name}-generator: {message}");
                break;
            case Severity.Warning:
                Warn(message);
                break;
            default:
                Info(message);
                break;
        }
    }

    private bool Told(FileError error, string path)
    {
        if (error != FileError.None)
        {
            Warn($"cannot write {path}: {ErrnoNames.Message((Errno)(int)error)}");
        }

        return error == FileError.None;
    }
}
