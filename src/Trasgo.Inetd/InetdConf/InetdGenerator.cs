using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd;

/// <summary>The services of /etc/inetd.conf and of the files in /etc/inetd.d.</summary>
internal sealed class InetdGenerator(IUnitFileSystem files, HostTables host, GeneratorSettings settings, IDiagnostics sink)
{
    public const string ConfigurationFile = "/etc/inetd.conf";
    public const string ConfigurationDirectory = "/etc/inetd.d";
    public const string Manual = "inetd.conf(5)";

    /// <summary>Services of these names are left out: xinetd's file has them, and has the last word even where it disables them.</summary>
    public IReadOnlySet<string> Hidden { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public List<SuperService> Read()
    {
        var paths = new List<string> { ConfigurationFile };
        var names = files.List(ConfigurationDirectory);
        Array.Sort(names, StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!HiddenFile.Is(name))
            {
                paths.Add($"{ConfigurationDirectory}/{name}");
            }
        }

        return Read(paths);
    }

    /// <summary>A file that is not there has no services; one that cannot be read is told.</summary>
    public List<SuperService> Read(IEnumerable<string> paths)
    {
        var entries = new List<InetdEntry>();
        foreach (var path in paths)
        {
            if (files.Read(path, HostTables.FileLimit, out var error) is { } bytes)
            {
                Read(path, ByteText.Decode(bytes), entries);
            }
            else if (error != FileError.NotFound)
            {
                sink.Add(new Diagnostic(Severity.Error, null, path, 0, null, $"The file cannot be read: {error}."));
            }
        }

        return new InetdServices(host, settings, sink).Make(entries);
    }

    private void Read(string path, string text, List<InetdEntry> entries)
    {
        var reader = new InetdEntryReader(path, settings.DefaultHost, sink);
        foreach (var line in InetdLines.Read(text, path, sink))
        {
            if (reader.Read(line) is not { } entry)
            {
                continue;
            }

            if (Hidden.Contains(entry.Service))
            {
                sink.Add(new Diagnostic(Severity.Info, null, path, line.Number, null, $"{entry.Service} is left to {XinetdGenerator.ConfigurationFile}."));
                continue;
            }

            entries.Add(entry);
        }
    }
}
