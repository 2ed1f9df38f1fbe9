using System.Text;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Tests.Directives;

/// <summary>docs/directives.md is written from the rows: TRASGO_UPDATE_DOCS=1 writes it anew.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void DirectiveIndex_InTheDocs_IsWhatTheRowsSay()
    {
        var path = Path.Combine(Root(), "docs", "directives.md");
        var expected = Write();
        if (Environment.GetEnvironmentVariable("TRASGO_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Trasgo.slnx")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("the tree of the project is not around the tests");
        }

        return directory;
    }

    private static string Write()
    {
        var text = new StringBuilder("""
            # Directives

            Every directive of systemd 252 has a row in a table, and this page is written from those rows. *Property* is the name on
            the bus, where it differs. A directive without a remark is enforced.


            """);
        Section(text, "[Unit]", UnitDirectives.Table.Rows);
        Section(text, "[Install]", InstallDirectives.Table.Rows);
        Section(text, "[Service]", [.. ServiceDirectives.Table.Rows.Where(static row => row.Section != UnitSections.Own)], ExecDirectives.All, KillDirectives.All, ResourceDirectives.All);
        Section(text, "[Socket]", [.. SocketDirectives.Table.Rows.Where(static row => row.Section != UnitSections.Own)], ExecDirectives.All, KillDirectives.All, ResourceDirectives.All);
        Section(text, "[X-Trasgo] of services, which systemd passes over", [.. ServiceDirectives.Table.Rows.Where(static row => row.Section == UnitSections.Own)]);
        Section(text, "[X-Trasgo] of sockets, which systemd passes over", [.. SocketDirectives.Table.Rows.Where(static row => row.Section == UnitSections.Own)]);
        Section(text, "[Timer]", TimerDirectives.Table.Rows);
        Section(text, "[Path]", PathDirectives.Table.Rows);
        Section(text, "[Mount]", MountDirectives.Table.Rows, ExecDirectives.All, KillDirectives.All, ResourceDirectives.All);
        Section(text, "[Automount]", AutomountDirectives.Table.Rows);
        Section(text, "[Swap]", SwapDirectives.Table.Rows, ExecDirectives.All, KillDirectives.All, ResourceDirectives.All);
        Section(text, "[Scope]", ScopeDirectives.Table.Rows, [], KillDirectives.All, ResourceDirectives.All);
        Section(text, "Processes: [Service], [Socket], [Mount], [Swap]", ExecDirectives.All);
        Section(text, "Killing: the same, and [Scope]", KillDirectives.All);
        Section(text, "Resources: the same, and [Slice]", ResourceDirectives.All);
        Section(text, "[Manager] of system.conf and user.conf", ManagerDirectives.Table.Rows);
        return text.ToString();
    }

    private static void Section<TConfig>(
        StringBuilder text,
        string title,
        IReadOnlyList<Directive<TConfig>> rows,
        IReadOnlyList<Directive<ExecConfig>>? exec = null,
        IReadOnlyList<Directive<KillConfig>>? kill = null,
        IReadOnlyList<Directive<ResourceConfig>>? resources = null)
    {
        var shared = (exec ?? []).Select(r => r.Name).Concat((kill ?? []).Select(r => r.Name)).Concat((resources ?? []).Select(r => r.Name)).ToHashSet();
        text.Append("## ").Append(title).Append("\n\n| directive | value | property | remark |\n| --- | --- | --- | --- |\n");
        foreach (var row in rows.Where(r => r.Name.Length > 0 && !shared.Contains(r.Name)))
        {
            var property = row.IsShown && row.BusName != row.Name ? row.BusName : "";
            var remark = row.Enforcement.Kind switch
            {
                EnforcementKind.Emulated => "emulated: " + row.Enforcement.Reason,
                EnforcementKind.Ignored => "ignored: " + row.Enforcement.Reason,
                _ => row.Enforcement switch
                {
                    { Controller: { } controller, UnifiedOnly: true } => $"needs the {controller} controller of control groups v2",
                    { Controller: { } controller } => $"needs the {controller} controller",
                    _ => "",
                },
            };
            text.Append($"| `{row.Name}=` | `{row.Syntax.Replace("|", "\\|", StringComparison.Ordinal)}` | {property} | {remark} |\n");
        }

        text.Append('\n');
    }
}
