namespace Trasgo.Linux;

/// <summary>
/// What a spawn program was doing when it failed. The values are systemd's exit statuses (systemd.exec(5), "Process Exit Codes"): the
/// child ends with them, so that its exit looks to everybody as it would under systemd.
/// </summary>
internal enum SpawnStep
{
    None = 0,

    /// <summary>There is no child at all: clone failed.</summary>
    Fork = -1,
    Chdir = 200,
    Nice = 201,
    Fds = 202,
    Exec = 203,
    Memory = 204,
    Limits = 205,
    OomAdjust = 206,
    SignalMask = 207,
    Stdin = 208,
    Stdout = 209,
    Chroot = 210,
    IoPrio = 211,
    TimerSlack = 212,
    SecureBits = 213,
    SetScheduler = 214,
    CpuAffinity = 215,
    Group = 216,
    User = 217,
    Capabilities = 218,
    Cgroup = 219,
    SetSid = 220,
    Confirm = 221,
    Stderr = 222,
    Pam = 224,
    Network = 225,
    Namespace = 226,
    NoNewPrivileges = 227,
    Seccomp = 228,
    SelinuxContext = 229,
    Personality = 230,
    AppArmorProfile = 231,
    AddressFamilies = 232,
    RuntimeDirectory = 233,
    Chown = 235,
    SmackProcessLabel = 236,
    Keyring = 237,
    StateDirectory = 238,
    CacheDirectory = 239,
    LogsDirectory = 240,
    ConfigurationDirectory = 241,
    NumaPolicy = 242,
    Credentials = 243,
    Bpf = 244,
}

internal static class SpawnStepNames
{
    /// <summary>The name after the slash in "217/USER".</summary>
    public static string Name(this SpawnStep step) => step switch
    {
        SpawnStep.None => "SUCCESS",
        SpawnStep.Fork => "FORK",
        SpawnStep.OomAdjust => "OOM_ADJUST",
        SpawnStep.SignalMask => "SIGNAL_MASK",
        SpawnStep.NoNewPrivileges => "NO_NEW_PRIVILEGES",
        SpawnStep.SelinuxContext => "SELINUX_CONTEXT",
        SpawnStep.AppArmorProfile => "APPARMOR",
        SpawnStep.AddressFamilies => "ADDRESS_FAMILIES",
        SpawnStep.RuntimeDirectory => "RUNTIME_DIRECTORY",
        SpawnStep.SmackProcessLabel => "SMACK_PROCESS_LABEL",
        SpawnStep.StateDirectory => "STATE_DIRECTORY",
        SpawnStep.CacheDirectory => "CACHE_DIRECTORY",
        SpawnStep.LogsDirectory => "LOGS_DIRECTORY",
        SpawnStep.ConfigurationDirectory => "CONFIGURATION_DIRECTORY",
        SpawnStep.NumaPolicy => "NUMA_POLICY",
        _ => step.ToString().ToUpperInvariant(),
    };
}
