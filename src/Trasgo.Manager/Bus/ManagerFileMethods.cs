using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.UnitFiles.Install;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.ManagerBus>;

namespace Trasgo.Manager.Bus;

/// <summary>The manager's methods for unit files: enable, disable, mask and the like.</summary>
internal static class ManagerFileMethods
{
    private const MemberFlags Open = MemberFlags.Unprivileged;
    private const ulong PublicFlags = (ulong)(UnitFileFlags.Runtime | UnitFileFlags.Force | UnitFileFlags.Portable);
    private const string Changes = "a(sss)";
    private const string CarriesAndChanges = "ba(sss)";
    private static readonly string[] s_changes = ["changes"];
    private static readonly string[] s_carriesAndChanges = ["carries_install_info", "changes"];
    private static readonly string[] s_filesRuntimeForce = ["files", "runtime", "force"];

    public static readonly BusMember[] Rows =
    [
        Method("ListUnitFiles", "", [], "a(ss)", ["unit_files"], static (bus, call) => List(bus, call, [], []), Open),
        Method("ListUnitFilesByPatterns", "asas", ["states", "patterns"], "a(ss)", ["unit_files"],
            static (bus, call) => List(bus, call, call.Arguments.StringArray(), call.Arguments.StringArray()), Open),
        Method("GetUnitFileState", "s", ["file"], "s", ["state"], GetUnitFileState, Open),
        Method("EnableUnitFiles", "asbb", s_filesRuntimeForce, CarriesAndChanges, s_carriesAndChanges,
            static (bus, call) => Act(bus, call, RuntimeForce, carries: true, static (i, files, flags) => i.Enable(files, flags)), Open),
        Method("DisableUnitFiles", "asb", ["files", "runtime"], Changes, s_changes,
            static (bus, call) => Act(bus, call, Runtime, carries: false, static (i, files, flags) => i.Disable(files, flags)), Open),
        Method("EnableUnitFilesWithFlags", "ast", ["files", "flags"], CarriesAndChanges, s_carriesAndChanges,
            static (bus, call) => Act(bus, call, Flags, carries: true, static (i, files, flags) => i.Enable(files, flags)), Open),
        Method("DisableUnitFilesWithFlags", "ast", ["files", "flags"], Changes, s_changes,
            static (bus, call) => Act(bus, call, Flags, carries: false, static (i, files, flags) => i.Disable(files, flags)), Open),
        Method("ReenableUnitFiles", "asbb", s_filesRuntimeForce, CarriesAndChanges, s_carriesAndChanges,
            static (bus, call) => Act(bus, call, RuntimeForce, carries: true, static (i, files, flags) => i.Reenable(files, flags)), Open),
        Method("LinkUnitFiles", "asbb", s_filesRuntimeForce, Changes, s_changes,
            static (bus, call) => Act(bus, call, RuntimeForce, carries: false, static (i, files, flags) => i.Link(files, flags)), Open),
        Method("PresetUnitFiles", "asbb", s_filesRuntimeForce, CarriesAndChanges, s_carriesAndChanges,
            static (bus, call) => Act(bus, call, RuntimeForce, carries: true, static (i, files, flags) => i.Preset(files, PresetMode.Full, flags)), Open),
        Method("PresetUnitFilesWithMode", "assbb", ["files", "mode", "runtime", "force"], CarriesAndChanges, s_carriesAndChanges, Preset, Open),
        Method("MaskUnitFiles", "asbb", s_filesRuntimeForce, Changes, s_changes,
            static (bus, call) => Act(bus, call, RuntimeForce, carries: false, static (i, files, flags) => i.Mask(files, flags)), Open),
        Method("UnmaskUnitFiles", "asb", ["files", "runtime"], Changes, s_changes,
            static (bus, call) => Act(bus, call, Runtime, carries: false, static (i, files, flags) => i.Unmask(files, flags)), Open),
        Method("RevertUnitFiles", "as", ["files"], Changes, s_changes,
            static (bus, call) => Act(bus, call, static _ => UnitFileFlags.None, carries: false, static (i, files, _) => i.Revert(files)), Open),
        Method("SetDefaultTarget", "sb", ["name", "force"], Changes, s_changes, SetDefaultTarget, Open),
        Method("GetDefaultTarget", "", [], "s", ["name"], GetDefaultTarget, Open),
        Method("PresetAllUnitFiles", "sbb", ["mode", "runtime", "force"], Changes, s_changes, PresetAll, Open),
        Method("AddDependencyUnitFiles", "asssbb", ["files", "target", "type", "runtime", "force"], Changes, s_changes, AddDependency, Open),
        Method("GetUnitFileLinks", "sb", ["name", "runtime"], "as", ["links"], GetUnitFileLinks, Open),
    ];

    public static bool Has(BusMethod method) => Array.IndexOf(Rows, method) >= 0;

    private static void Act(
        ManagerBus bus,
        BusCall call,
        Func<MessageReader, UnitFileFlags?> readFlags,
        bool carries,
        Func<UnitFileInstaller, List<string>, UnitFileFlags, InstallResult> act)
    {
        var files = call.Arguments.StringArray();
        if (readFlags(call.Arguments) is { } flags)
        {
            Reply(bus, call, act(bus.Files.Installer, files, flags), carries);
        }
        else
        {
            Invalid(call);
        }
    }

    private static UnitFileFlags? RuntimeForce(MessageReader reader) => Bit(reader, UnitFileFlags.Runtime) | Bit(reader, UnitFileFlags.Force);

    private static UnitFileFlags? Runtime(MessageReader reader) => Bit(reader, UnitFileFlags.Runtime);

    private static UnitFileFlags? Flags(MessageReader reader)
    {
        var flags = reader.UInt64();
        return (flags & ~PublicFlags) == 0 ? (UnitFileFlags)flags : null;
    }

    private static UnitFileFlags Bit(MessageReader reader, UnitFileFlags flag) => reader.Boolean() ? flag : UnitFileFlags.None;

    private static void Reply(ManagerBus bus, BusCall call, InstallResult result, bool carries)
    {
        if (result.Modified)
        {
            bus.Files.Forget();
            bus.Changes.UnitFilesChanged();
        }

        if (result.BusError is { } error)
        {
            call.Fail(error.Name, error.Message);
            return;
        }

        call.Reply(writer =>
        {
            if (carries)
            {
                writer.Boolean(result.CarriesInstallInfo);
            }

            writer.BeginArray("(sss)");
            foreach (var change in result.Successes)
            {
                writer.BeginStruct();
                writer.String(change.Type.ToText());
                writer.String(change.Path);
                writer.String(change.Source);
                writer.EndStruct();
            }

            writer.EndArray();
        });
    }

    private static void List(ManagerBus bus, BusCall call, List<string> states, List<string> patterns) => call.Reply(writer =>
    {
        writer.BeginArray("(ss)");
        foreach (var entry in bus.Files.Installer.ListUnitFiles(states, patterns))
        {
            writer.BeginStruct();
            writer.String(entry.Path);
            writer.String(entry.State.ToText());
            writer.EndStruct();
        }

        writer.EndArray();
    });

    private static void GetUnitFileState(ManagerBus bus, BusCall call)
    {
        var error = bus.Files.Installer.GetState(call.Arguments.String(), out var state);
        if (error == InstallError.None)
        {
            call.ReplyString(state.ToText());
        }
        else
        {
            Plain(call, error);
        }
    }

    private static void Preset(ManagerBus bus, BusCall call)
    {
        var files = call.Arguments.StringArray();
        if (Mode(call.Arguments.String()) is { } mode)
        {
            var flags = RuntimeForce(call.Arguments) ?? UnitFileFlags.None;
            Reply(bus, call, bus.Files.Installer.Preset(files, mode, flags), carries: true);
        }
        else
        {
            Invalid(call);
        }
    }

    private static void PresetAll(ManagerBus bus, BusCall call)
    {
        if (Mode(call.Arguments.String()) is { } mode)
        {
            var flags = RuntimeForce(call.Arguments) ?? UnitFileFlags.None;
            Reply(bus, call, bus.Files.Installer.PresetAll(mode, flags), carries: false);
        }
        else
        {
            Invalid(call);
        }
    }

    private static PresetMode? Mode(string word) => word switch
    {
        "" or "full" => PresetMode.Full,
        "enable-only" => PresetMode.EnableOnly,
        "disable-only" => PresetMode.DisableOnly,
        _ => null,
    };

    private static void SetDefaultTarget(ManagerBus bus, BusCall call)
    {
        var (name, force) = (call.Arguments.String(), call.Arguments.Boolean());
        Reply(bus, call, bus.Files.Installer.SetDefault(name, force ? UnitFileFlags.Force : UnitFileFlags.None), carries: false);
    }

    private static void GetDefaultTarget(ManagerBus bus, BusCall call)
    {
        var error = bus.Files.Installer.GetDefault(out var name);
        if (error == InstallError.None)
        {
            call.ReplyString(name);
        }
        else if (error == InstallError.Masked)
        {
            call.Fail("org.freedesktop.systemd1.UnitMasked", "Unit file is masked.");
        }
        else
        {
            Plain(call, error);
        }
    }

    private static void AddDependency(ManagerBus bus, BusCall call)
    {
        var (files, target, type) = (call.Arguments.StringArray(), call.Arguments.String(), call.Arguments.String());
        if (type is not ("Wants" or "Requires"))
        {
            Invalid(call);
            return;
        }

        var flags = RuntimeForce(call.Arguments) ?? UnitFileFlags.None;
        Reply(bus, call, bus.Files.Installer.AddDependency(files, target, type == "Requires", flags), carries: false);
    }

    private static void GetUnitFileLinks(ManagerBus bus, BusCall call)
    {
        var (name, flags) = (call.Arguments.String(), Bit(call.Arguments, UnitFileFlags.Runtime));
        var result = bus.Files.Installer.Disable([name], flags | UnitFileFlags.DryRun);
        if (result.BusError is { } error)
        {
            call.Fail(error.Name, $"Failed to get file links for {name}: {error.Message}");
            return;
        }

        call.Reply(writer => writer.StringArray(
            result.Successes.Where(static change => change.Type == InstallChangeType.Unlink).Select(static change => change.Path)));
    }

    private static void Plain(BusCall call, InstallError error)
    {
        var failure = InstallMessages.Plain(error);
        call.Fail(failure.Name, failure.Message);
    }

    private static void Invalid(BusCall call) => call.Fail(BusErrorNames.InvalidArgs, "Invalid argument");
}
