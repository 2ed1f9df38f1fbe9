using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>Where RuntimeDirectory= and its kin lie (systemd.exec(5), table "Automatic directory creation").</summary>
internal sealed record DirectoryLayout(string Runtime, string State, string Cache, string Logs, string Configuration)
{
    public static readonly DirectoryLayout System = new("/run", "/var/lib", "/var/cache", "/var/log", "/etc");

    public static DirectoryLayout User(string runtime, string configHome, string cacheHome) =>
        new(runtime, configHome, cacheHome, configHome + "/log", configHome);

    public IEnumerable<string> PathsOf(ExecConfig exec)
    {
        foreach (var (root, directory) in ((string, ExecDirectory)[])
            [
                (Runtime, exec.RuntimeDirectory), (State, exec.StateDirectory), (Cache, exec.CacheDirectory),
                (Logs, exec.LogsDirectory), (Configuration, exec.ConfigurationDirectory),
            ])
        {
            foreach (var item in directory.Items)
            {
                yield return root + "/" + item.Path;
            }
        }
    }
}
