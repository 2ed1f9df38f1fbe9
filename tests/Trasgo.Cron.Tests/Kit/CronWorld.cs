using System.Text;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cron.Tests;

/// <summary>A system with crontabs on paper: who owns them, and how they are to be read.</summary>
internal sealed class CronWorld : ICronFiles
{
    private readonly Dictionary<string, CronFile> _files = new(StringComparer.Ordinal);

    public Dictionary<string, uint> Users { get; } = new(StringComparer.Ordinal) { ["root"] = 0, ["alice"] = 1000 };

    public DiagnosticList Diagnostics { get; } = new();

    /// <summary>"/etc/crontab:3: bad minute 'x', the line is ignored".</summary>
    public IEnumerable<string> Messages => Diagnostics.Items.Select(static item => item.ToString());

    public void File(
        string path, string text, uint mode = 0x1A4, uint owner = 0, ulong links = 1, uint? linkOwner = null, bool isRegular = true) =>
        _files[path] = new CronFile(path, Encoding.UTF8.GetBytes(text), isRegular, mode, owner, links, linkOwner);

    public void UserFile(string name, string text, uint mode = 0x180, uint? owner = null) =>
        File($"{CronTables.UserDirectory}/{name}", text, mode, owner ?? Users.GetValueOrDefault(name, 4711U));

    public List<CronJob> ReadCron() => new CronTables(this, Diagnostics).ReadCron();

    public List<AnacronJob> ReadAnacron() => new CronTables(this, Diagnostics).ReadAnacron();

    /// <summary>The job of a table that has one.</summary>
    public CronJob Job(string lines)
    {
        File(CronTables.SystemTable, lines + "\n");
        return Assert.Single(ReadCron());
    }

    /// <summary>The text of a unit of the only job.</summary>
    public string Unit(string lines, string suffix, bool canSend = false) =>
        new CronUnits(new CronSettings("/usr/bin/trasgo", canSend), Diagnostics).Make(Job(lines))
            .Single(unit => unit.Unit.Name.EndsWith(suffix, StringComparison.Ordinal)).Unit.Text;

    string[] ICronFiles.List(string directory) =>
        [.. _files.Keys.Where(path => path.StartsWith(directory + "/", StringComparison.Ordinal)).Select(path => path[(directory.Length + 1)..])];

    CronFile? ICronFiles.Open(string path, out string error)
    {
        error = "";
        return _files.GetValueOrDefault(path);
    }

    uint? ICronFiles.FindUser(string name) => Users.TryGetValue(name, out var uid) ? uid : null;

    bool ICronFiles.IsExecutable(string path) => false;
}
