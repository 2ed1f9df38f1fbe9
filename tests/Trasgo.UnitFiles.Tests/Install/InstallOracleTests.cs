using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.Install;

public class InstallOracleTests
{
    private const string Lib = "/lib/systemd/system/";
    private const string Etc = "/etc/systemd/system/";
    private const string Wanted = "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n";

    private static InstallTwin Twin()
    {
        Oracle.Require("systemctl");
        return new InstallTwin().Both(t => t
            .File(Lib + "multi-user.target", "[Unit]\nDescription=m\n")
            .File(Lib + "graphical.target", "[Unit]\nDescription=g\n")
            .File(Lib + "plain.service", Wanted)
            .File(Lib + "static.service", "[Service]\nExecStart=/bin/true\n")
            .File(Lib + "aliased.service", Wanted + "Alias=other.service another.service\n")
            .File(Lib + "required.service", "[Install]\nRequiredBy=multi-user.target graphical.target nosuch.target\n")
            .File(Lib + "also.service", Wanted + "Also=also.socket missing.service\n")
            .File(Lib + "also.socket", "[Install]\nWantedBy=sockets.target\n")
            .File(Lib + "onlyalso.service", "[Install]\nAlso=also.socket\n")
            .File(Lib + "tmpl@.service", "[Install]\nWantedBy=multi-user.target\nDefaultInstance=dflt\n")
            .File(Lib + "bare@.service", "[Install]\nWantedBy=multi-user.target\n")
            .File(Lib + "inst@.service", "[Install]\nWantedBy=want-%i.target\nAlias=alias-%i@%i.service\nRequiredBy=x@.target\n")
            .File(Lib + "badspec.service", "[Install]\nWantedBy=%Z.target\n")
            .File(Lib + "badname.service", "[Install]\nWantedBy=no-unit\nAlias=wrong.socket\n")
            .File(Lib + "escape.service", "[Install]\nWantedBy=../../evil.target\nAlias=../../../evil.service\n")
            .File(Lib + "oldalias.service", "[Install]\nAlias=multi-user.target.wants/oldalias.service\n")
            .File(Lib + "self.service", "[Install]\nAlias=self.service\n")
            .File(Lib + "vendor.mount", "[Mount]\nWhat=x\nWhere=/vendor\n[Install]\nWantedBy=multi-user.target\nAlias=no.mount\n")
            .Link(Lib + "vendoralias.service", "plain.service")
            .Link(Lib + "dangling.service", "nowhere.service")
            .Link(Lib + "vendormask.service", "/dev/null")
            .File("/opt/linked.service", Wanted + "Alias=linkalias.service\n")
            .File("/opt/bad name.service", Wanted)
            .Dir(Etc));
    }

    [SkippableTheory]
    [InlineData("plain.service")]
    [InlineData("static.service")]
    [InlineData("aliased.service")]
    [InlineData("required.service")]
    [InlineData("also.service")]
    [InlineData("onlyalso.service")]
    [InlineData("tmpl@.service")]
    [InlineData("tmpl@one.service")]
    [InlineData("bare@.service")]
    [InlineData("bare@one.service")]
    [InlineData("inst@.service")]
    [InlineData("inst@one.service")]
    [InlineData("badspec.service")]
    [InlineData("badname.service")]
    [InlineData("escape.service")]
    [InlineData("oldalias.service")]
    [InlineData("self.service")]
    [InlineData("vendor.mount")]
    [InlineData("vendoralias.service")]
    [InlineData("vendormask.service")]
    [InlineData("nosuch.service")]
    public void Verbs_OneUnit_AreSystemds(string unit)
    {
        using var twin = Twin();
        twin.SameStates(unit).Step("enable", unit).SameStates(unit)
            .Step("enable", unit)
            .Step("reenable", unit).SameStates(unit)
            .Step("disable", unit).SameStates(unit)
            .Step("--runtime", "enable", unit).SameStates(unit)
            .Step("enable", unit).SameStates(unit)
            .Step("mask", unit).SameStates(unit)
            .Step("enable", unit)
            .Step("unmask", unit).SameStates(unit)
            .Step("--runtime", "disable", unit).SameStates(unit)
            .Step("--runtime", "mask", unit).SameStates(unit)
            .Step("--runtime", "unmask", unit).SameStates(unit)
            .Step("disable", unit).SameStates(unit)
            .Step("add-wants", "graphical.target", unit).SameStates(unit)
            .Step("add-requires", "multi-user.target", unit).SameStates(unit)
            .Step("preset", unit).SameStates(unit)
            .Step("revert", unit).SameStates(unit);
    }

    [SkippableFact]
    public void States_DanglingAlias_IsBadUntilMasked()
    {
        using var twin = Twin();
        twin.SameStates("dangling.service").Step("mask", "dangling.service").SameStates("dangling.service")
            .Step("unmask", "dangling.service").SameStates("dangling.service");
    }

    [SkippableFact]
    public void Enable_LinkInTheWay_NeedsForce()
    {
        using var twin = Twin();
        twin.Both(t => t.Link(Etc + "other.service", "/lib/systemd/system/static.service"))
            .Step("enable", "aliased.service").SameStates("aliased.service", "other.service")
            .Step("--force", "enable", "aliased.service").SameStates("aliased.service", "other.service");
    }

    [SkippableFact]
    public void Enable_FileInTheWay_IsRefused()
    {
        using var twin = Twin();
        twin.Both(t => t.File(Etc + "other.service", Wanted)).Step("enable", "aliased.service").SameStates("aliased.service");
    }

    [SkippableFact]
    public void Link_FileElsewhere_IsLinkedEnabledAndForgotten()
    {
        using var twin = Twin();
        twin.Step("link", "/opt/linked.service").SameStates("linked.service")
            .Step("enable", "linked.service").SameStates("linked.service", "linkalias.service")
            .Step("reenable", "linked.service").SameStates("linked.service")
            .Step("disable", "linked.service").SameStates("linked.service")
            .Step("enable", "/opt/linked.service").SameStates("linked.service")
            .Step("link", "/opt/nosuch.service")
            .Step("link", "/opt")
            .Step("--runtime", "link", "/opt/linked.service").SameStates("linked.service")
            .Step("disable", "linked.service").SameStates("linked.service")
            .Step("revert", "linked.service").SameStates("linked.service");
    }

    [SkippableFact]
    public void Presets_Rules_DecideAsSystemds()
    {
        using var twin = Twin();
        twin.Both(t => t
            .File("/etc/systemd/system-preset/10-a.preset", "# c\ndisable plain.service\nenable tmpl@.service a b\ngarbage\n disable  also.*\n")
            .File("/usr/lib/systemd/system-preset/10-a.preset", "enable plain.service\n")
            .File("/usr/lib/systemd/system-preset/50-b.preset", "enable *.service\ndisable *\n")
            .Link("/etc/systemd/system-preset/60-m.preset", "/dev/null")
            .File("/usr/lib/systemd/system-preset/60-m.preset", "disable *\n"));
        twin.SameStates()
            .Step("preset", "plain.service", "tmpl@.service", "also.socket", "aliased.service").SameStates()
            .Step("enable", "plain.service").SameStates()
            .Step("--preset-mode=enable-only", "preset", "plain.service").SameStates()
            .Step("--preset-mode=disable-only", "preset", "plain.service").SameStates()
            .Step("preset", "tmpl@a.service", "tmpl@zzz.service").SameStates()
            .Step("preset-all").SameStates()
            .Step("preset-all", "--preset-mode=disable-only").SameStates();
    }

    [SkippableFact]
    public void SetDefault_Targets_AreLinked()
    {
        using var twin = Twin();
        twin.Both(t => t.Link(Lib + "default.target", "graphical.target"))
            .Step("set-default", "multi-user.target").SameStates("default.target")
            .Step("set-default", "graphical.target")
            .Step("set-default", "nosuch.target");
        Assert.Equal(UnitFiles.Install.InstallError.None, twin.Installer().GetDefault(out var name));
        Assert.Equal("graphical.target", name);
    }

    [SkippableFact]
    public void Disable_UnitGone_RemovesItsLinks()
    {
        using var twin = Twin();
        twin.Step("enable", "aliased.service", "tmpl@x.service")
            .Both(t => File.Delete(t.Path(Lib + "aliased.service")))
            .Step("disable", "aliased.service", "tmpl@.service").SameStates("aliased.service");
    }

    [SkippableFact]
    public void Revert_ChangedVendorUnit_IsVendorsAgain()
    {
        using var twin = Twin();
        twin.Both(t => t
                .File(Etc + "plain.service", Wanted)
                .File(Etc + "plain.service.d/a.conf", "[Unit]\n")
                .File(Etc + "plain.service.d/b.conf", "[Unit]\n")
                .File("/etc/systemd/system.control/plain.service.d/50-x.conf", "[Unit]\n")
                .File("/run/systemd/transient/plain.service.d/50-x.conf", "[Unit]\n"))
            .SameStates("plain.service").Step("revert", "plain.service").SameStates("plain.service");
    }

    [SkippableFact]
    public void DropIns_InstallSection_AddsToTheUnits()
    {
        using var twin = Twin();
        twin.Both(t => t
                .File(Lib + "static.service.d/10.conf", "[Install]\nWantedBy=graphical.target\n")
                .File(Etc + "plain.service.d/10.conf", "[Install]\nWantedBy=\nWantedBy=graphical.target\n")
                .File(Lib + "bare@.service.d/1.conf", "[Install]\nAlias=fromdropin@%i.service\n"))
            .Step("enable", "static.service", "plain.service", "bare@i.service").SameStates()
            .Step("disable", "static.service", "plain.service", "bare@i.service").SameStates();
    }

    [SkippableFact]
    public void RealPackages_Everything_IsSystemds()
    {
        Skip.IfNot(Directory.Exists("/lib/systemd/system"), "/lib/systemd/system is missing");
        using var twin = new InstallTwin();
        Oracle.Require("systemctl");
        var names = new List<string>();
        twin.Both(t => Copy("/lib/systemd/system", t)).SameStates();
        foreach (var file in Directory.EnumerateFiles("/lib/systemd/system"))
        {
            names.Add(Path.GetFileName(file));
        }

        Skip.If(names.Count < 10, "hardly any unit is installed");
        foreach (var name in names.Order(StringComparer.Ordinal).Where(n => n.EndsWith(".service", StringComparison.Ordinal)).Take(60))
        {
            twin.Step("enable", name);
        }

        twin.SameStates().Step("preset-all").SameStates().Step("preset-all", "--preset-mode=disable-only").SameStates();
    }

    private static void Copy(string directory, TemporaryTree tree)
    {
        foreach (var info in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            if (info.LinkTarget is { } target)
            {
                tree.Link(info.FullName, target);
            }
            else if (info is FileInfo)
            {
                tree.File(info.FullName, File.ReadAllText(info.FullName));
            }
            else
            {
                Copy(info.FullName, tree.Dir(info.FullName));
            }
        }
    }
}
