using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd's words for the enumerations of this folder, each in the order of its members.</summary>
internal static class ExecWords
{
    public static readonly NameTable<ExecInput> ExecInput = new(
        "null", "tty", "tty-force", "tty-fail", "socket", "fd", "data", "file");

    public static readonly NameTable<ExecOutput> ExecOutput = new(
        "inherit", "null", "tty", "kmsg", "kmsg+console", "journal", "journal+console", "socket", "fd", "file", "append",
        "truncate");

    public static readonly NameTable<KeyringMode> KeyringMode = new(
        "inherit", "private", "shared");

    public static readonly NameTable<PreserveMode> PreserveMode = new(
        "no", "yes", "restart");

    public static readonly NameTable<ProcSubset> ProcSubset = new(
        "all", "pid");

    public static readonly NameTable<ProtectHome> ProtectHome = new(
        "no", "yes", "read-only", "tmpfs");

    public static readonly NameTable<ProtectProc> ProtectProc = new(
        "default", "noaccess", "invisible", "ptraceable");

    public static readonly NameTable<ProtectSystem> ProtectSystem = new(
        "no", "yes", "full", "strict");

    public static readonly NameTable<UtmpMode> UtmpMode = new(
        "init", "login", "user");
}
